namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>What people trip over within a route.</summary>
internal static class RouteAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope)
    {
        var workloads = scope.Known.WorkloadLabels.Values.SelectMany(each => each).ToList();
        var withGateways = workloads.Concat(scope.Known.GatewayLabels).ToList();
        return scope.Rules.VirtualServices.SelectMany(service => service.Http.SelectMany((route, i) =>
            Route(service, route, $"spec.http[{i}]", IsOnlyForMesh(service) ? workloads : withGateways)));
    }

    // A VirtualService without hosts is delegated to, by one that may be bound to a gateway.
    private static bool IsOnlyForMesh(VirtualService service) =>
        service.Hosts.Count > 0 && service.Gateways.All(gateway => gateway == VirtualService.MeshGateway);

    private static IEnumerable<Problem> Route(VirtualService service, HttpRoute route, string path, List<IReadOnlyDictionary<string, string>> workloads)
    {
        if (route is { Fault: not null, Retries.Attempts: > 0 })
        {
            yield return service.Problem(
                Severity.Note, $"{path}.retries", "a fault comes before retries: requests with the fault are not tried again", "put the fault on the call further down, to see retries at work");
        }

        if (route is { Fault.Delay: not null, Timeout: not null })
        {
            yield return service.Problem(
                Severity.Note, $"{path}.timeout", "a fault comes before the timeout: the delay does not count for it", "put the delay on the call further down, to see the timeout at work");
        }

        for (var i = 0; i < route.Match.Count; i++)
        {
            var labels = route.Match[i].SourceLabels;
            if (labels.Count > 0 && workloads.Count > 0 && !workloads.Any(each => labels.All(label => each.TryGetValue(label.Key, out var value) && value == label.Value)))
            {
                yield return service.Problem(
                    Severity.Warning,
                    $"{path}.match[{i}].sourceLabels",
                    $"no workload has the labels {string.Join(", ", labels.Select(label => $"{label.Key}: {label.Value}"))}: this match takes no request");
            }
        }
    }
}
