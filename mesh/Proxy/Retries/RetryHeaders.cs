using System.Globalization;
using Bookinfo.Mesh.Istio.Names;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>
/// The headers by which a rule's header operations change the retries of a request. They end at the router
/// (<c>source/common/router/retry_state_impl.cc: RetryStateImpl::create</c> of envoyproxy/envoy). From callers they do not come: all are
/// external, and lose them before.
/// </summary>
internal static class RetryHeaders
{
    private const string RetryOnHeader = "x-envoy-retry-on";
    private const string RetryGrpcOn = "x-envoy-retry-grpc-on";
    private const string MaxRetries = "x-envoy-max-retries";
    private const string StatusCodes = "x-envoy-retriable-status-codes";

    private const RetryConditions OfGrpc = RetryConditions.Cancelled | RetryConditions.DeadlineExceeded | RetryConditions.Internal
        | RetryConditions.ResourceExhausted | RetryConditions.Unavailable;

    private static readonly string[] Consumed =
    [
        RetryOnHeader, RetryGrpcOn, MaxRetries, StatusCodes, "x-envoy-hedge-on-per-try-timeout", "x-envoy-retriable-header-names",
        "x-envoy-upstream-rq-per-try-timeout-ms",
    ];

    /// <summary>Takes the headers away, and says which policy they make of the route's.</summary>
    /// <param name="policy">The route's policy; null where it has none.</param>
    /// <param name="headers">The request's headers, after the rule's operations.</param>
    public static RetryPolicy? Consume(RetryPolicy? policy, IHeaderDictionary headers)
    {
        var conditions = Conditions(headers[RetryOnHeader].ToString(), isGrpc: false)
            | Conditions(headers[RetryGrpcOn].ToString(), isGrpc: true);
        var (retries, codes) = (headers[MaxRetries].ToString(), headers[StatusCodes].ToString());
        foreach (var name in Consumed)
        {
            headers.Remove(name);
        }

        return policy is null && conditions == RetryConditions.None
            ? null
            : (policy ?? RetryPolicy.None).With(conditions, ReadNumber(retries), Parts(codes).Select(ReadNumber).OfType<int>());
    }

    /// <summary>A word that Envoy does not know in a header is passed over (<c>parseRetryOn</c>, <c>parseRetryGrpcOn</c>).</summary>
    private static RetryConditions Conditions(string header, bool isGrpc)
    {
        var conditions = RetryConditions.None;
        foreach (var word in Parts(header))
        {
            var known = RetryOn.Find(word) ?? RetryConditions.None;
            conditions |= isGrpc ? known & OfGrpc : known & ~OfGrpc;
        }

        return conditions;
    }

    private static string[] Parts(string header) =>
        header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int? ReadNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
