using Microsoft.Extensions.Http.Logging;
using Microsoft.Extensions.Logging;
using Polly;

namespace Bookinfo.ServiceDefaults.Http;

/// <summary>The ways in which a call to another service brings no answer.</summary>
public static class UpstreamFailure
{
    /// <summary>
    /// Whether the call failed: no connection, a connection that broke, no answer in time, or not even tried because the circuit is open or
    /// the bulkhead full. An error status is an answer; a caller that went away is an <see cref="OperationCanceledException"/>.
    /// </summary>
    public static bool IsUpstreamFailure(this Exception exception) => exception is HttpRequestException or ExecutionRejectedException;
}

/// <summary>Logs the calls that fail, within the trace of the request that made them.</summary>
internal sealed class UpstreamLogger(ILogger<UpstreamLogger> logger) : IHttpClientLogger
{
    public object? LogRequestStart(HttpRequestMessage request) => null;

    public void LogRequestStop(object? context, HttpRequestMessage request, HttpResponseMessage response, TimeSpan elapsed)
    {
        if ((int)response.StatusCode >= 500)
        {
            logger.LogWarning("{Method} {Url} answered {Status} after {Elapsed:0} ms", request.Method, request.RequestUri,
                (int)response.StatusCode, elapsed.TotalMilliseconds);
        }
    }

    public void LogRequestFailed(
        object? context, HttpRequestMessage request, HttpResponseMessage? response, Exception exception, TimeSpan elapsed)
    {
        if (exception.IsUpstreamFailure())
        {
            logger.LogWarning("{Method} {Url} failed after {Elapsed:0} ms: {Reason}", request.Method, request.RequestUri,
                elapsed.TotalMilliseconds, exception.Message);
        }
    }
}
