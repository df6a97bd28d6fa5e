using static Bookinfo.Tests.Conformance.Bounds.Bounds;

namespace Bookinfo.Tests.Conformance.Bounds;

/// <summary>The ends of a VirtualService's numbers (<c>pkg/config/validation/validation.go</c> of istio/istio).</summary>
internal static class VirtualServiceFields
{
    public static IReadOnlyList<BoundedField> All { get; } =
    [
        Port("Destination.Port", Http("- route: [{destination: {host: c, port: {number: <value>}}}]"), "validatePortSelector") with
        {
            // Within the range, and not a port of c: the cluster does not exist.
            LeastAnswers = [503],
            MostAnswers = [503],
        },
        Count("HttpRouteDestination.Weight",
            Http("- route: [{destination: {host: c}, weight: <value>}, {destination: {host: d}, weight: 1}]"),
            "validateHTTPRouteDestinations: the sum has 32 bits with sign") with
        {
            Most = "2147483646",
            Above = "2147483647",
        },
        Port("HttpMatchRequest.Port",
            Http("- match: [{port: <value>}]\n  route: [{destination: {host: d}}]\n- route: [{destination: {host: c}}]"),
            "validateHTTPRouteMatchRequest, for which 0 is not set") with { Least = "0", Below = "-1" },
        Duration("HttpRoute.Timeout", Route("timeout: <value>")) with { LeastAnswers = [200, 504] },
        Count("HttpRetry.Attempts", Route("retries: {attempts: <value>}"), "validateHTTPRetry"),
        Duration("HttpRetry.PerTryTimeout", Route("retries: {attempts: 1, perTryTimeout: <value>}")) with { LeastAnswers = [200, 504] },
        Duration("HttpRetry.Backoff", Route("retries: {attempts: 1, backoff: <value>}")),
        Duration("HttpFaultDelay.FixedDelay", Route("fault: {delay: {fixedDelay: <value>, percentage: {value: 100}}}")) with
        {
            MostAnswers = [],
        },
        Percentage("HttpFaultDelay.Percentage", Route("fault: {delay: {fixedDelay: 1ms, percentage: {value: <value>}}}"),
            "validatePercentage") with { Below = "0.00001" },
        Status("HttpFaultAbort.HttpStatus", Route("fault: {abort: {httpStatus: <value>, percentage: {value: 100}}}"),
            "fault.proto: FaultAbort.http_status", 200, 599),
        Percentage("HttpFaultAbort.Percentage", Route("fault: {abort: {httpStatus: 418, percentage: {value: <value>}}}"),
            "validatePercentage") with { MostAnswers = [418] },
        new("CorsPolicy.MaxAge", "validateCORSPolicy: whole seconds", Route("corsPolicy: {maxAge: <value>}"),
            Least: "1s", Most: "1190h", Below: "999ms", Above: "1191h"),
        Percentage("HttpRoute.MirrorPercentage", Route("mirror: {host: d}\n  mirrorPercentage: {value: <value>}"), "validateHTTPMirrors"),
        Percentage("HttpMirrorPolicy.Percentage", Route("mirrors: [{destination: {host: d}, percentage: {value: <value>}}]"),
            "validateHTTPMirrors"),
        Port("HttpRedirect.Port", Http("- redirect: {port: <value>}"), "route_components.proto: RedirectAction.port_redirect") with
        {
            LeastAnswers = [301],
            MostAnswers = [301],
        },
        Status("HttpRedirect.RedirectCode", Http("- redirect: {uri: /, redirectCode: <value>}"),
            "route_components.proto: RedirectAction.RedirectResponseCode", 301, 308),
        Status("HttpDirectResponse.Status", Http("- directResponse: {status: <value>}"),
            "route_components.proto: DirectResponseAction.status", 200, 599),
    ];
}
