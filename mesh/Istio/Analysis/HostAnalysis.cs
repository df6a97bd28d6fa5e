namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Hosts of VirtualServices inside the mesh: nobody serves them, or another VirtualService has them already.</summary>
internal static class HostAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope)
    {
        var owners = new Dictionary<string, (VirtualService Service, string Path)>(StringComparer.Ordinal);
        foreach (var service in scope.Rules.VirtualServices.Where(IsForMesh))
        {
            for (var i = 0; i < service.Hosts.Count; i++)
            {
                var host = service.Hosts[i];
                var full = scope.Full(host, service);
                var path = $"spec.hosts[{i}]";
                if (!owners.TryAdd(full, (service, path)))
                {
                    var (first, at) = owners[full];
                    yield return service.Problem(
                        Severity.Warning,
                        path,
                        $"{first.Subject} ({Place(first, at)}) has the host {host} already, and Istio takes one VirtualService for a host inside the mesh: this one does nothing for it",
                        "put all routes into one VirtualService, or use delegates");
                }
                else if (Unserved(scope, service, host, full, path) is { } problem)
                {
                    yield return problem;
                }
            }
        }
    }

    private static bool IsForMesh(VirtualService service) => service.Gateways.Count == 0 || service.Gateways.Contains(VirtualService.MeshGateway);

    private static Problem? Unserved(AnalysisScope scope, VirtualService service, string host, string full, string path)
    {
        if (HostNames.IsWildcard(full) ? scope.ServesAnyOf(full) : scope.IsServed(full) || System.Net.IPAddress.TryParse(full, out _))
        {
            return null;
        }

        var meant = scope.Meant(host, service);

        // A full name may be one that callers use for something outside; a short one is a service or a mistake.
        var severity = meant is not null || !host.Contains('.', StringComparison.Ordinal) ? Severity.Warning : Severity.Note;
        return service.Problem(
            severity, path, $"nobody serves {host}, so these routes get no calls from inside the mesh", meant is null ? scope.ServedNames() : $"did you mean {meant}?");
    }

    private static string Place(VirtualService service, string path)
    {
        var place = service.Source.Find(path);
        return place.Line == 0 ? "made in code" : $"{service.Source.File}:{place.Line}:{place.Column}";
    }
}
