using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>What people trip over within a route.</summary>
internal static class RouteAnalysis
{
    /// <param name="scope">What runs.</param>
    /// <param name="service">The VirtualService.</param>
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, VirtualService service) =>
        service.Http.SelectMany((route, i) => Route(service, route, $"spec.http[{i}]").Concat(
            route.Match.Any(match => match.SourceLabels.Count > 0)
                ? Callers(scope, service, route, $"spec.http[{i}]", Workloads(scope, service)) : []));

    private static List<IReadOnlyDictionary<string, string>> Workloads(AnalysisScope scope, VirtualService service) =>
    [
        .. scope.Known.WorkloadLabels.Values.SelectMany(each => each),
        .. scope.Known.Objects.Workloads.Select(workload => workload.Labels),
        .. IsOnlyForMesh(service) ? [] : scope.Known.GatewayLabels,
    ];

    // A VirtualService without hosts is delegated to, by one that may be bound to a gateway.
    private static bool IsOnlyForMesh(VirtualService service) =>
        service.Hosts.Count > 0 && service.Gateways.All(gateway => gateway == VirtualService.MeshGateway);

    private static IEnumerable<Problem> Route(VirtualService service, HttpRoute route, string path)
    {
        if (route is { Fault: not null, Retries.Attempts: > 0 })
        {
            yield return service.Problem(
                MessageTypes.Hint, $"{path}.retries", "a fault comes before retries: requests with the fault are not tried again",
                    "put the fault on the call further down, to see retries at work");
        }

        if (route is { Fault.Delay: not null, Timeout: not null })
        {
            yield return service.Problem(
                MessageTypes.Hint, $"{path}.timeout", "a fault comes before the timeout: the delay does not count for it",
                    "put the delay on the call further down, to see the timeout at work");
        }

        if (route is { Timeout: { } timeout, Retries.PerTryTimeout: { } perTry } && perTry >= timeout)
        {
            yield return service.Problem(
                MessageTypes.Hint, $"{path}.retries.perTryTimeout",
                    "perTryTimeout is not below timeout: a try that takes too long is never repeated", "use a shorter perTryTimeout");
        }

        if (route.Route.Count == 0 && (route.Redirect is not null || route.DirectResponse is not null))
        {
            foreach (var field in OfForwardedRequests(route))
            {
                yield return service.Problem(
                    MessageTypes.NoEffect, $"{path}.{field}", $"{field} does nothing: the gateway or sidecar answers these requests itself",
                        $"leave {field} out");
            }
        }
    }

    private static IEnumerable<string> OfForwardedRequests(HttpRoute route)
    {
        IEnumerable<(string Name, bool IsThere)> fields =
        [
            ("timeout", route.Timeout is not null), ("retries", route.Retries is not null), ("mirror", route.Mirror is not null),
            ("mirrors", route.Mirrors.Count > 0),
        ];
        return fields.Where(field => field.IsThere).Select(field => field.Name);
    }

    private static IEnumerable<Problem> Callers(
        AnalysisScope scope, VirtualService service, HttpRoute route, string path, List<IReadOnlyDictionary<string, string>> workloads)
    {
        for (var i = 0; i < route.Match.Count; i++)
        {
            var labels = route.Match[i].SourceLabels;
            if (labels.Count > 0 && workloads.Count > 0 && !workloads.Any(each => Labels.Fit(labels, each)))
            {
                var problem = service.Problem(
                    MessageTypes.NoMatchingWorkloadsFound,
                    $"{path}.match[{i}].sourceLabels",
                    $"no workload has the labels {Labels.Text(labels)}: this match takes no request");
                yield return scope.Known.IsComplete || scope.Known.Objects.Workloads.Count > 0 ? problem : problem with
                {
                    Severity = Severity.Note,
                };
            }
        }
    }
}
