using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>Counts a request that is over, and logs it where there is a log.</summary>
internal sealed class TrafficRecorder(TrafficLedger ledger, AccessLog? log, TimeProvider time)
{
    public void Record(Exchange exchange)
    {
        var duration = time.GetElapsedTime(exchange.StartedAt);
        var unanswered = (exchange.Flags & ResponseFlags.DownstreamConnectionTermination) != 0 && !exchange.Context.Response.HasStarted;
        var status = unanswered ? 0 : exchange.Context.Response.StatusCode;
        var cell = exchange.Host?.Cell ?? exchange.Cell ?? ledger.Cell(exchange.Caller, "unknown");
        var kind = new ResponseKind(status, exchange.Flags, exchange.IsGrpc, exchange.GrpcStatus ?? -1);
        cell.Count(kind, duration, exchange.Bodies.RequestBytes, exchange.Bodies.ResponseBytes);
        if (exchange.Span is not null)
        {
            Tracing.Stop(exchange.Span, exchange, status);
        }

        log?.Write(exchange, status, duration);
    }
}
