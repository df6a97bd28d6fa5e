using System.Diagnostics;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// The access log as structured records, for log collectors: one for each request, within the span of its hop. A request with a
/// response flag, without an answer or with a 5xx is a warning.
/// </summary>
internal sealed partial class RequestLog(ILogger logger)
{
    /// <summary>The category of the records.</summary>
    public const string Category = "Bookinfo.Mesh.Proxy.AccessLog";

    /// <summary>Writes a request that is over. Its span must not have ended.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="status">Its status; 0 where the caller went away before there was one.</param>
    /// <param name="duration">How long it took.</param>
    public void Write(Exchange exchange, int status, TimeSpan duration)
    {
        var level = status is 0 or >= 500 || exchange.Flags != ResponseFlags.None ? LogLevel.Warning : LogLevel.Information;
        if (!logger.IsEnabled(level))
        {
            return;
        }

        var current = Activity.Current;
        Activity.Current = exchange.Span ?? current;
        try
        {
            var request = exchange.Context.Request;
            Answered(
                logger, level, exchange.Caller.Name, request.Method, request.Headers.Host.ToString(), exchange.Path, status,
                exchange.Flags.Text(),
                exchange.Details ?? "-", exchange.Host?.Endpoint.Pod?.Name ?? exchange.ClusterName ?? "-", exchange.Attempts,
                duration.TotalMilliseconds,
                request.Headers["x-request-id"].ToString());
        }
        finally
        {
            Activity.Current = current;
        }
    }

    [LoggerMessage(EventId = 3, Message = "{Caller}: {Method} {Authority}{Path} {Status} {ResponseFlags} {Details}, upstream {Upstream}, "
        + "attempts {Attempts}, {Milliseconds:0.0} ms, {RequestId}")]
    private static partial void Answered(ILogger logger, LogLevel level, string caller, string method, string authority, string path,
        int status,
        string responseFlags, string details, string upstream, int attempts, double milliseconds, string requestId);
}
