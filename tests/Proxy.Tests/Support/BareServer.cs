using System.Net;
using Bookinfo.Mesh.Proxy.Listeners;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>
/// Kestrel with the mesh's settings and an application that answers every request with the text <c>ok</c>: what a hop is compared with.
/// </summary>
internal sealed class BareServer : IHttpApplication<IFeatureCollection>, IAsyncDisposable
{
    private readonly KestrelServer _server;
    private ListenOptions? _listener;
    private long _requests;

    private BareServer()
    {
        var options = new KestrelServerOptions();
        ListenerLimits.Apply(options);
        options.Listen(IPAddress.Loopback, 0, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            _listener = listener;
        });
        _server = new KestrelServer(Options.Create(options),
            new SocketTransportFactory(Options.Create(SocketSettings.ForListeners), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
    }

    public IPEndPoint Address => _listener!.IPEndPoint!;

    /// <summary>Requests that are over.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public static async Task<BareServer> StartAsync()
    {
        var server = new BareServer();
        await server._server.StartAsync(server, CancellationToken.None);
        return server;
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var response = context.GetRequiredFeature<IHttpResponseFeature>();
        response.Headers.ContentLength = 2;
        var body = context.GetRequiredFeature<IHttpResponseBodyFeature>();
        var started = body.StartAsync();
        if (!started.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("Kestrel does not wait before the first byte of a body.");
        }

        var writer = body.Writer;
        "ok"u8.CopyTo(writer.GetSpan(2));
        writer.Advance(2);
        var flush = writer.FlushAsync();
        return flush.IsCompletedSuccessfully ? Task.CompletedTask : flush.AsTask();
    }

    public void DisposeContext(IFeatureCollection context, Exception? exception) => Interlocked.Increment(ref _requests);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        _server.Dispose();
    }
}
