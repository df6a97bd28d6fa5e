using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>Counts a request that is over, and keeps and logs it where that is asked for.</summary>
internal sealed class TrafficRecorder(
    TrafficMetrics metrics, RequestHistory? history, AccessLog? log, RequestLog requests, TimeProvider time)
{
    public void Record(Exchange exchange)
    {
        var duration = time.GetElapsedTime(exchange.StartedAt);
        var unanswered = (exchange.Flags & ResponseFlags.DownstreamConnectionTermination) != 0 && !exchange.Context.Response.HasStarted;
        var status = unanswered ? 0 : exchange.Context.Response.StatusCode;
        var series = exchange.Host?.Series ?? exchange.Series ?? metrics.SeriesFor(exchange.Caller, "unknown");
        var labels = new ResponseLabels(status, exchange.Flags, exchange.IsGrpc, exchange.GrpcStatus ?? -1);
        series.Count(labels, duration, exchange.Bodies.RequestBytes, exchange.Bodies.ResponseBytes);
        history?.Add(exchange, series, status, duration);
        requests.Write(exchange, status, duration);
        if (exchange.Span is not null)
        {
            Tracing.Stop(exchange.Span, exchange, status);
        }

        log?.Write(exchange, status, duration);
    }
}
