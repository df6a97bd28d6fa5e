using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Pipeline;

/// <summary>
/// What becomes of a request that runs into an exception which nothing else handles: a fault of the mesh. The caller gets a 500, the
/// request is counted with the flag LR, and the exception is logged once, with the request's id. Other requests do not notice.
/// </summary>
internal sealed partial class UnhandledExceptionHandler(ILogger logger)
{
    public async Task HandleAsync(Exchange exchange, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            // Kestrel throws it where a body is read that is not HTTP: the caller's fault.
            await LocalReply.SendPlainAsync(exchange, bad.StatusCode, "Bad Request", ResponseFlags.DownstreamProtocolError,
                "http1.codec_error");
            return;
        }

        var request = exchange.Context.Request;
        RequestFailed(logger, RequestId(exchange), exchange.Caller.Name, request.Method, request.Headers.Host.ToString(), exception);
        var mustCut = exchange.Context.Response.HasStarted;
        await LocalReply.SendPlainAsync(exchange, 500, "Internal Server Error", ResponseFlags.LocalReset,
            $"internal_error{{{exception.GetType().Name}}}");
        if (mustCut)
        {
            // Half an answer must not look whole.
            exchange.Context.Abort();
        }
    }

    /// <summary>A request that could not be counted or logged has been answered all the same.</summary>
    public void NotRecorded(Exchange exchange, Exception exception) => RecordingFailed(logger, RequestId(exchange), exception);

    private static string RequestId(Exchange exchange) => exchange.Context.Request.Headers["x-request-id"].ToString();

    [LoggerMessage(1, LogLevel.Error,
        "Request {RequestId} from {Caller} failed inside the mesh and was answered with 500: {Method} {Host}")]
    private static partial void RequestFailed(ILogger logger, string requestId, string caller, string method, string host,
        Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Request {RequestId} could not be counted or written to the access log")]
    private static partial void RecordingFailed(ILogger logger, string requestId, Exception exception);
}
