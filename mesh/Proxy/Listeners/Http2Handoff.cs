using System.Net;
using System.Threading.Channels;
using Bookinfo.Mesh.Proxy.Listeners.Http2;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// A listener without a socket of its own. Kestrel decides between HTTP/1.1 and HTTP/2 by TLS only; a connection without TLS that begins
/// with HTTP/2's preface is handed here, to an endpoint that speaks nothing else.
/// </summary>
internal sealed class Http2Handoff(ILogger log) : IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections =
        Channel.CreateUnbounded<ConnectionContext>(new UnboundedChannelOptions { SingleReader = true });

    public EndPoint EndPoint { get; } = new HandoffEndPoint();

    /// <summary>Serves the connection with HTTP/2; completes when it is over.</summary>
    public Task ServeAsync(ConnectionContext connection)
    {
        var handed = new HandedConnection(connection, new ConstrainedTransport(connection, log));
        return _connections.Writer.TryWrite(handed) ? handed.Over : Task.CompletedTask;
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_connections.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    private sealed class HandoffEndPoint : EndPoint
    {
        public override string ToString() => "http2-handoff";
    }
}

/// <summary>Sockets, and beside them the listener that HTTP/2 connections are handed to once their first bytes are known.</summary>
internal sealed class MeshTransport(IConnectionListenerFactory sockets, ILogger log) : IConnectionListenerFactory
{
    public Http2Handoff Http2 { get; } = new(log);

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint == Http2.EndPoint ? ValueTask.FromResult<IConnectionListener>(Http2) : sockets.BindAsync(endpoint, cancellationToken);
}
