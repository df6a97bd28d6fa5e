using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The part of a match that is about the caller: gateways, source labels and namespace, port. It is decided once for each caller when the
/// rules are compiled. Source: <c>pilot/pkg/networking/core/route/route.go: sourceMatchHTTP, TranslateRoute</c>.
/// </summary>
internal static class SourceFilter
{
    /// <summary>Whether the outcome may differ between two sidecars.</summary>
    public static bool DependsOnCaller(HttpMatchRequest match) =>
        match.Gateways.Count == 0 && (match.SourceLabels.Count > 0 || !string.IsNullOrEmpty(match.SourceNamespace));

    /// <summary>Why the match is not for this caller, port and gateway; null where it is.</summary>
    /// <param name="match">The match.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="port">The port the caller dialled: the service's, or the gateway server's.</param>
    /// <param name="gateways">The gateways the caller stands for, <c>mesh</c> for a sidecar, in full (<c>namespace/name</c>).</param>
    /// <param name="ruleNamespace">The rule's namespace, which a gateway's plain name is of.</param>
    public static string? Refusal(HttpMatchRequest match, Caller caller, int port, IReadOnlyCollection<string> gateways,
        string ruleNamespace)
    {
        if (match.Port is { } wanted && wanted != 0 && wanted != port)
        {
            return $"the match is for port {wanted}; this is port {port}";
        }

        if (match.Gateways.Count > 0)
        {
            return match.Gateways.Any(name => gateways.Contains(GatewayNames.Full(name, ruleNamespace)))
                ? null
                : $"the match is for gateways {string.Join(", ", match.Gateways)}";
        }

        foreach (var (name, value) in match.SourceLabels)
        {
            if (!caller.Workload.Labels.TryGetValue(name, out var actual) || actual != value)
            {
                return $"the caller's label {name} must be \"{value}\"; it is {(actual is null ? "absent" : $"\"{actual}\"")}";
            }
        }

        return string.IsNullOrEmpty(match.SourceNamespace) || match.SourceNamespace == caller.Workload.Namespace
            ? null
            : $"the caller's namespace must be \"{match.SourceNamespace}\"; it is \"{caller.Workload.Namespace}\"";
    }
}
