using Bookinfo.Mesh.Proxy.Pipeline;

namespace Bookinfo.Mesh.Proxy.Telemetry;

/// <summary>Counts a request that is over.</summary>
internal sealed class TrafficRecorder(TrafficLedger ledger, TimeProvider time)
{
    public void Record(Exchange exchange)
    {
        var gone = exchange.Context.RequestAborted.IsCancellationRequested && !exchange.Context.Response.HasStarted;
        if (gone)
        {
            exchange.Flags |= ResponseFlags.DownstreamConnectionTermination;
        }

        var cell = exchange.Host?.Cell ?? exchange.Cluster?.Cell ?? exchange.OtherCell ?? ledger.Cell(exchange.Caller, "unknown");
        var kind = new ResponseKind(gone ? 0 : exchange.Context.Response.StatusCode, exchange.Flags, exchange.IsGrpc, exchange.GrpcStatus ?? -1);
        cell.Count(kind, time.GetElapsedTime(exchange.StartedAt), exchange.Bodies.RequestBytes, exchange.Bodies.ResponseBytes);
    }
}
