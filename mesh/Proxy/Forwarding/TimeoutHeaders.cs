using System.Globalization;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>
/// Tells a pod how long its answer is waited for: <c>x-envoy-expected-rq-timeout-ms</c>, and for gRPC <c>grpc-timeout</c>
/// (<c>source/common/router/router.cc: FilterUtility::setTimeoutHeaders</c> of envoyproxy/envoy).
/// </summary>
internal static class TimeoutHeaders
{
    private const string Expected = "x-envoy-expected-rq-timeout-ms";

    /// <summary>Writes them; without a time there are none.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="whole">The time of the request with all its attempts; null for none.</param>
    /// <param name="perTry">The time of an attempt; null for that of the request. One that is not shorter does not count.</param>
    /// <param name="elapsed">What has passed since the end of the request.</param>
    public static void Write(Exchange exchange, TimeSpan? whole, TimeSpan? perTry, TimeSpan elapsed)
    {
        if ((perTry < whole ? perTry : whole ?? perTry) is not { } expected)
        {
            return;
        }

        if (whole is { } limit)
        {
            // 0 would mean no timeout.
            var left = limit - elapsed;
            expected = left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : expected < left ? expected : left;
        }

        var milliseconds = Math.Max((long)expected.TotalMilliseconds, 1);
        var headers = exchange.Context.Request.Headers;
        headers[Expected] = milliseconds.ToString(CultureInfo.InvariantCulture);
        if (exchange.IsGrpc)
        {
            headers["grpc-timeout"] = GrpcTimeout.Format(milliseconds);
        }
    }
}
