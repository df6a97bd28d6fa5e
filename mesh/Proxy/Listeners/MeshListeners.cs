using System.Net;
using Bookinfo.Mesh.Proxy.Registry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>One Kestrel with a listener for each caller, all of them HTTP/1.1 and HTTP/2 without TLS on the same port.</summary>
internal sealed class MeshListeners : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly Dictionary<Caller, ListenOptions> _listeners = [];
    private readonly TimeSpan _drainTime;

    public MeshListeners(IEnumerable<Caller> callers, ConnectionAdmission admission, TimeSpan drainTime, ILoggerFactory loggers)
    {
        _drainTime = drainTime;
        var transport = new MeshTransport(new SocketTransportFactory(Options.Create(SocketSettings.ForListeners), loggers),
            loggers.CreateLogger<MeshListeners>());
        var options = new KestrelServerOptions();
        ListenerLimits.Apply(options);
        foreach (var caller in callers)
        {
            options.Listen(caller.Listener, listener =>
            {
                listener.Protocols = HttpProtocols.Http1;
                listener.Use(next => new ProtocolSniffer(next, transport.Http2, caller, admission).OnConnectionAsync);
                _listeners[caller] = listener;
            });
        }

        options.Listen(transport.Http2.EndPoint, listener => listener.Protocols = HttpProtocols.Http2);
        _server = new KestrelServer(Options.Create(options), transport, loggers);
    }

    public Task StartAsync(MeshApplication application, CancellationToken cancellationToken) =>
        _server.StartAsync(application, cancellationToken);

    /// <summary>Where the caller's listener really is, once started: a port 0 has become a free one.</summary>
    public IPEndPoint AddressOf(Caller caller) => _listeners[caller].IPEndPoint!;

    /// <summary>Takes no more connections, ends idle ones, and waits for the last request under way, or until its time is over.</summary>
    public async ValueTask DisposeAsync()
    {
        using var timeout = new CancellationTokenSource(_drainTime);
        await _server.StopAsync(timeout.Token);
        _server.Dispose();
    }
}
