using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>
/// A connection that another endpoint accepted. Its disposal tells that endpoint that it is over, and leaves the socket to it.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="transport">Its bytes, as its server sees them.</param>
internal sealed class HandedConnection(ConnectionContext inner, IDuplexPipe transport) : ConnectionContext
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when HTTP/2 is done with the connection.</summary>
    public Task Over => _over.Task;

    public override IDuplexPipe Transport { get; set; } = transport;

    public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

    public override IFeatureCollection Features => inner.Features;

    public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

    public override CancellationToken ConnectionClosed { get => inner.ConnectionClosed; set => inner.ConnectionClosed = value; }

    public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

    public override void Abort() => inner.Abort();

    public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

    public override ValueTask DisposeAsync()
    {
        _over.TrySetResult();
        return base.DisposeAsync();
    }
}
