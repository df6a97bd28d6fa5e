using System.Net;
using System.Text;
using Bookinfo.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HeaderPropagation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Bookinfo.ServiceDefaults.Http;

/// <summary>Registers the HTTP clients by which a service calls others.</summary>
public static class UpstreamExtensions
{
    // Long enough to keep connections, short enough to follow DNS when a service moves.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Adds the client for another service under its name: get it from <see cref="IHttpClientFactory"/>, or make it a typed client with
    /// <c>AddTypedClient</c>. It passes the caller's headers on, dials the mesh where <c>MESH_OUTBOUND</c> says so, and reads the whole
    /// answer within the time-out. It is tried once, because the mesh owns retries, unless <c>RESILIENCE_OWNER</c> is <c>application</c>. A
    /// call that brings no answer throws what <see cref="UpstreamFailure.IsUpstreamFailure"/> recognizes.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="name">The other service's name, for example <c>ratings</c>.</param>
    /// <param name="timeout">How long a whole call may take, body and all tries included: this service's own promise to its caller.</param>
    /// <param name="headers">The caller's headers that are passed on, for example <see cref="PropagatedHeaders.WithEndUser"/>.</param>
    /// <param name="address">Where it is; by default <c>http://{name}:9080</c>, or what <see cref="UpstreamAddress"/> reads.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static IHttpClientBuilder AddUpstream(
        this WebApplicationBuilder builder, string name, Func<IServiceProvider, TimeSpan> timeout, IEnumerable<string> headers,
            Uri? address = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        var hasTelemetry = configuration.HasTelemetry();
        var owner = UpstreamResilience.ReadOwner(configuration);
        var outbound = MeshDialer.Read(configuration);
        address ??= UpstreamAddress.Read(configuration, name);
        builder.Services.TryAddTransient<UpstreamLogger>();
        builder.Services.TryAddTransient<BufferingHandler>();
        builder.Services.AddHeaderPropagation(options => Capture(options, hasTelemetry));

        var client = builder.Services.AddHttpClient(name, http => (http.BaseAddress, http.Timeout) = (address, Timeout.InfiniteTimeSpan))
            .RemoveAllLoggers()
            .AddLogger<UpstreamLogger>(wrapHandlersPipeline: true)
            .AddHeaderPropagation(options =>
            {
                foreach (var header in headers.Where(header => !hasTelemetry || !PropagatedHeaders.IsTraceContext(header)))
                {
                    options.Headers.Add(header);
                }
            });
        client.AddResilienceHandler("upstream", (pipeline, context) =>
            UpstreamResilience.Configure(pipeline, timeout(context.ServiceProvider), owner, context.ServiceProvider));
        return client
            .AddHttpMessageHandler<BufferingHandler>()

            // An outbound listener speaks plain HTTP; a sidecar, too, lets the application's own TLS through untouched.
            .UseSocketsHttpHandler((handler, _) => Configure(handler, address.Scheme == Uri.UriSchemeHttp ? outbound : null, hasTelemetry))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    // Runs once for each upstream; the list is the same for all of them.
    private static void Capture(HeaderPropagationOptions options, bool hasTelemetry)
    {
        if (options.Headers.Count > 0)
        {
            return;
        }

        foreach (var header in PropagatedHeaders.WithEndUser.Where(header => !hasTelemetry || !PropagatedHeaders.IsTraceContext(header)))
        {
            options.Headers.Add(header);
        }
    }

    private static void Configure(SocketsHttpHandler handler, DnsEndPoint? outbound, bool hasTelemetry)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.UseProxy = false;
        handler.PooledConnectionLifetime = ConnectionLifetime;

        // Kestrel reads header values as UTF-8; what is passed on must leave as it came.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        handler.ActivityHeadersPropagator = hasTelemetry ? TracePropagator.Instance : null;

        if (outbound is not null)
        {
            handler.ConnectCallback = MeshDialer.Dial(outbound);
        }
    }
}
