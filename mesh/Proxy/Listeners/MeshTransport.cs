using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>Sockets, and beside them the listener that HTTP/2 connections are handed to once their first bytes are known.</summary>
internal sealed class MeshTransport(IConnectionListenerFactory sockets) : IConnectionListenerFactory
{
    public Http2Handoff Http2 { get; } = new();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        endpoint == Http2.EndPoint ? ValueTask.FromResult<IConnectionListener>(Http2) : sockets.BindAsync(endpoint, cancellationToken);
}
