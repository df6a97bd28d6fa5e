using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Requests;
using Bookinfo.Mesh.KubernetesApi.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.KubernetesApi;

/// <summary>
/// An API server's face: what <c>kubectl</c> and other clients of Kubernetes ask for, over objects in memory. What it serves is made at the
/// first request, so that a server that is not used costs a listener and no more.
/// </summary>
public sealed class KubernetesApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stopping;

    private KubernetesApiServer(WebApplication app, X509Certificate2 certificate, CancellationTokenSource stopping, IPEndPoint address) =>
        (_app, _certificate, _stopping, Address) = (app, certificate, stopping, address);

    /// <summary>Where it listens, with the port it got where it was asked for any.</summary>
    public IPEndPoint Address { get; }

    /// <summary>Starts a server and writes the kubeconfig by which clients find it.</summary>
    /// <param name="options">What it serves, and where.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">The address is not on loopback: the server is for this machine only.</exception>
    /// <exception cref="IOException">It cannot listen there, or the kubeconfig cannot be written.</exception>
    public static async Task<KubernetesApiServer> StartAsync(KubernetesApiOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!IPAddress.IsLoopback(options.Address.Address))
        {
            throw new ArgumentException($"{options.Address} is not an address of loopback", nameof(options));
        }

        var certificate = ServerCertificate.Create(options.Time.GetUtcNow());
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var stopping = new CancellationTokenSource();
        var app = Build(options, certificate, token, stopping.Token);
        try
        {
            await app.StartAsync(cancellation);
            var server = new Uri(app.Urls.Single());
            Kubeconfig.Write(options.Kubeconfig, server, certificate, token, options.Namespace);
            return new KubernetesApiServer(app, certificate, stopping, new IPEndPoint(options.Address.Address, server.Port));
        }
        catch
        {
            await app.DisposeAsync();
            certificate.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Ends every watch and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private static WebApplication Build(
        KubernetesApiOptions options, X509Certificate2 certificate, string token, CancellationToken stopping)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => Configure(kestrel, options, certificate));
        builder.Services.AddSingleton<IHostLifetime, HostedLifetime>();
        builder.Services.AddSingleton(options.Logging);
        var app = builder.Build();
        var handler = new Lazy<ApiHandler>(() => new ApiHandler(options.Cluster(), options.Time, options.Random, stopping));
        var log = options.Logging.CreateLogger<KubernetesApiServer>();
        app.Use(next => new TokenGuard(next, token).InvokeAsync);
        app.Run(async context =>
        {
            try
            {
                await handler.Value.HandleAsync(context);
            }
            catch (Exception e) when (!context.Response.HasStarted && e is not OperationCanceledException)
            {
                log.LogError(e, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
                var failed = new ApiException(500, "InternalError", $"Internal error occurred: {e.Message}");
                await Answers.SendAsync(context, failed.ToStatus(), failed.Code);
            }
        });
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, KubernetesApiOptions options, X509Certificate2 certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = BodyReader.LargestRead;
        kestrel.Listen(options.Address, listener => listener.UseHttps(certificate));
    }

    /// <summary>The host of the server says when it stops, not a signal.</summary>
    private sealed class HostedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
