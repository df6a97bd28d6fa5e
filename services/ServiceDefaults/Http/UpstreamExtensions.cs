using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
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
    /// answer within the timeout. It is tried once, because the mesh owns retries, unless <c>RESILIENCE_OWNER</c> is <c>application</c>. A
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
        var isOwner = UpstreamResilience.IsOwner(builder.Configuration);
        var outbound = MeshDialer.Read(builder.Configuration);
        address ??= UpstreamAddress.Read(builder.Configuration, name);
        var hasTracer = builder.Configuration.HasTelemetry();
        var passedOn = hasTracer ? [.. PropagatedHeaders.BesideTracer(headers)] : headers.ToArray();
        builder.Services.TryAddTransient<UpstreamLogger>();
        builder.Services.TryAddTransient<BufferingHandler>();
        builder.Services.AddHeaderPropagation(caller =>
            Array.ForEach([.. passedOn.Except(caller.Headers.Select(header => header.InboundHeaderName))], caller.Headers.Add));

        var client = builder.Services.AddHttpClient(name, http => (http.BaseAddress, http.Timeout) = (address, Timeout.InfiniteTimeSpan))
            .RemoveAllLoggers()
            .AddLogger<UpstreamLogger>(wrapHandlersPipeline: true)
            .AddHeaderPropagation(call => Array.ForEach(passedOn, call.Headers.Add));
        client.AddResilienceHandler("upstream", (pipeline, context) =>
            UpstreamResilience.Configure(pipeline, timeout(context.ServiceProvider), isOwner, context.ServiceProvider));
        return client
            .AddHttpMessageHandler<BufferingHandler>()

            // An outbound listener speaks plain HTTP; a sidecar, too, lets the application's own TLS through untouched.
            .UseSocketsHttpHandler((handler, _) => Configure(handler, address.Scheme == Uri.UriSchemeHttp ? outbound : null, hasTracer))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }

    private static void Configure(SocketsHttpHandler handler, DnsEndPoint? outbound, bool hasTracer)
    {
        (handler.AllowAutoRedirect, handler.UseCookies, handler.UseProxy) = (false, false, false);
        handler.PooledConnectionLifetime = ConnectionLifetime;

        // Kestrel reads header values as UTF-8; what is passed on must leave as it came.
        handler.RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8;

        if (!hasTracer)
        {
            // Without spans of our own, the caller's trace headers go on as they came.
            handler.ActivityHeadersPropagator = null;
        }

        if (outbound is not null)
        {
            handler.ConnectCallback = (_, cancellation) => MeshDialer.DialAsync(outbound, cancellation);
        }
    }
}
