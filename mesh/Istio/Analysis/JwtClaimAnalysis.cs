using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Validation;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Matches by a claim of a JWT, for a gateway whose pods have no RequestAuthentication: no request has claims there
/// (<c>analyzers/virtualservice/jwtclaimroute.go</c>).
/// </summary>
internal static class JwtClaimAnalysis
{
    private const string GatewayNamespace = "istio-system";

    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        foreach (var findings in services)
        {
            if (findings.JwtClaim is not { } path)
            {
                continue;
            }

            var service = findings.Service;
            foreach (var gateway in scope.Rules.Gateways.Where(gateway => service.Gateways.Any(name =>
                GatewayNames.Full(name, service.Namespace) == $"{gateway.Namespace}/{gateway.Name}")))
            {
                if (Pods(scope, gateway).Any(pod => !IsAuthenticated(scope, pod)))
                {
                    yield return service.Problem(
                        MessageTypes.JwtClaimBasedRoutingWithoutRequestAuthN, path,
                        $"no RequestAuthentication is for the pods of Gateway {gateway.Name}: no request has claims there",
                        "add a RequestAuthentication for them");
                }
            }
        }
    }

    /// <summary>Where the first match by a claim stands; null where there is none.</summary>
    public static string? Claim(VirtualService service)
    {
        for (var i = 0; i < service.Http.Count; i++)
        {
            for (var m = 0; m < service.Http[i].Match.Count; m++)
            {
                var match = service.Http[i].Match[m];
                if (match.Headers.Count + match.WithoutHeaders.Count > 0 && match.Headers.Keys.Concat(match.WithoutHeaders.Keys).Any(name =>
                    name.StartsWith(HttpMatchCheck.JwtClaim, StringComparison.OrdinalIgnoreCase)))
                {
                    return $"spec.http[{i}].match[{m}]";
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Namespace, IReadOnlyDictionary<string, string> Labels)> Pods(
        AnalysisScope scope, Gateway gateway) =>
        scope.Known.Objects.Workloads.Select(pod => (pod.Namespace, pod.Labels))
            .Concat(scope.Known.GatewayLabels.Select(labels => (GatewayNamespace, labels)))
            .Where(pod => Labels.Fit(gateway.Selector, pod.Item2));

    private static bool IsAuthenticated(AnalysisScope scope, (string Namespace, IReadOnlyDictionary<string, string> Labels) pod) =>
        scope.Known.Objects.RequestAuthentications.Any(each =>
            (each.Namespace == pod.Namespace || each.Namespace == GatewayNamespace) && Labels.Fit(each.Selector, pod.Labels));
}
