namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Headers of requests that Envoy's connection manager removes before it looks for a route
/// (<c>source/common/http/conn_manager_utility.cc: mutateRequestHeaders, cleanInternalHeaders</c>).
/// </summary>
public static class RemovedHeaders
{
    /// <summary>
    /// What a caller could ask Envoy for. Since Envoy 1.33 no address counts as internal unless it is configured, which Istio does not do,
    /// so that all callers are external.
    /// </summary>
    public static IReadOnlyList<string> Internal { get; } =
    [
        "x-envoy-internal", "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names", "x-envoy-retry-on", "x-envoy-retry-grpc-on",
        "x-envoy-max-retries", "x-envoy-upstream-alt-stat-name", "x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-rq-per-try-timeout-ms",
        "x-envoy-upstream-rq-timeout-alt-response", "x-envoy-expected-rq-timeout-ms", "x-envoy-force-trace", "x-envoy-ip-tags",
        "x-envoy-original-url", "x-envoy-hedge-on-per-try-timeout",
    ];

    /// <summary>What ends with each connection.</summary>
    public static IReadOnlyList<string> OfConnections { get; } = ["keep-alive", "proxy-connection", "transfer-encoding"];

    /// <summary>Whether no rule sees the header.</summary>
    public static bool Contains(string name) =>
        Internal.Contains(name, StringComparer.OrdinalIgnoreCase) || OfConnections.Contains(name, StringComparer.OrdinalIgnoreCase);
}
