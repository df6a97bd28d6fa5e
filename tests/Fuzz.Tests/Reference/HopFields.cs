using Bookinfo.Tests.Fuzz.Wire;

namespace Bookinfo.Tests.Fuzz.Reference;

/// <summary>Fields of a request that end at the proxy.</summary>
public static class HopFields
{
    /// <summary>
    /// Fields of one connection (RFC 9110, 7.6.1; <c>source/common/http/conn_manager_utility.cc: mutateRequestHeaders</c> of
    /// envoyproxy/envoy).
    /// </summary>
    private static readonly HashSet<string> Always = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings", "x-envoy-internal",

        // Removed where the caller has no TLS (mutateXfccRequestHeader).
        "x-forwarded-client-cert",
    };

    /// <summary>
    /// What a caller asks of Envoy itself. Since Envoy 1.33 no address counts as internal unless it is configured, so that these are
    /// stripped from every request (<c>conn_manager_utility.cc: cleanInternalHeaders</c>; <c>pilot/pkg/networking/core/gateway.go</c> of
    /// istio/istio: InternalAddressConfig).
    /// </summary>
    private static readonly HashSet<string> Internal = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names", "x-envoy-retry-on", "x-envoy-retry-grpc-on",
        "x-envoy-max-retries",
        "x-envoy-upstream-alt-stat-name", "x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-rq-per-try-timeout-ms",
        "x-envoy-upstream-rq-timeout-alt-response", "x-envoy-expected-rq-timeout-ms", "x-envoy-force-trace", "x-envoy-ip-tags",
        "x-envoy-original-url",
        "x-envoy-hedge-on-per-try-timeout",
    };

    /// <summary>Stripped at the edge as well.</summary>
    private static readonly HashSet<string> AtTheEdge = new(StringComparer.OrdinalIgnoreCase)
    {
        "x-envoy-decorator-operation", "x-envoy-downstream-service-cluster", "x-envoy-downstream-service-node",
    };

    /// <summary>Fields that must not stand in a trailer section (RFC 9110, 6.5.1).</summary>
    private static readonly HashSet<string> NeverTrailers = new(StringComparer.OrdinalIgnoreCase)
    {
        "transfer-encoding", "content-length", "host", "connection", "te", "trailer", "authorization", "content-encoding", "content-type",
        "content-range",
    };

    /// <summary>Every name that the tables hold, for a generator.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Always, .. Internal, .. AtTheEdge, "te"];

    /// <summary>Whether the proxy has to keep the field to itself.</summary>
    public static bool Stops(SentRequest request, Field field) =>
        (Always.Contains(field.Name) && !PassesAsWebSocket(request, field))
        || Internal.Contains(field.Name)
        || (request.IsFromOutside && AtTheEdge.Contains(field.Name))
        || (field.Is("te") && !HasToken(field.Value, "trailers"))
        || (IsNamedByConnection(request, field.Name) && !field.Is("te"));

    public static bool StopsInTrailers(Field field) => NeverTrailers.Contains(field.Name) || Always.Contains(field.Name);

    /// <summary>Envoy upgrades to what it is configured for, which with Istio is WebSocket.</summary>
    public static bool IsWebSocket(SentRequest request) =>
        request.Fields.Any(field => field.Is("connection") && HasToken(field.Value, "upgrade"))
        && request.Fields.Where(field => field.Is("upgrade")).Select(field => field.Value.ToUpperInvariant()).SequenceEqual(["WEBSOCKET"]);

    private static bool PassesAsWebSocket(SentRequest request, Field field) =>
        (field.Is("connection") || field.Is("upgrade")) && IsWebSocket(request);

    private static bool IsNamedByConnection(SentRequest request, string name) =>
        request.Fields.Any(field => field.Is("connection") && HasToken(field.Value, name))
            && !(name.Equals("upgrade", StringComparison.OrdinalIgnoreCase) && IsWebSocket(request));

    public static bool HasToken(string list, string token) =>
        list.Split(',').Any(each => Syntax.TrimBlanks(each).Equals(token, StringComparison.OrdinalIgnoreCase));
}
