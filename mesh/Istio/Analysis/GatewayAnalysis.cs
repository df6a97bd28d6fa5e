namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Gateways that VirtualServices name and nobody has, and hosts that their gateway does not serve.</summary>
internal static class GatewayAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope)
    {
        var gateways = scope.Rules.Gateways
            .GroupBy(gateway => $"{gateway.Namespace}/{gateway.Name}")
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return scope.Rules.VirtualServices.SelectMany(service => Bound(service, gateways).Concat(Matches(service, gateways)));
    }

    private static IEnumerable<Problem> Bound(VirtualService service, Dictionary<string, Gateway> gateways)
    {
        var bound = new List<Gateway>();
        for (var i = 0; i < service.Gateways.Count; i++)
        {
            if (service.Gateways[i] == VirtualService.MeshGateway)
            {
                continue;
            }

            if (gateways.TryGetValue(Full(service.Gateways[i], service), out var gateway))
            {
                bound.Add(gateway);
            }
            else
            {
                yield return Missing(service, $"spec.gateways[{i}]", service.Gateways[i], gateways);
            }
        }

        for (var i = 0; bound.Count > 0 && i < service.Hosts.Count; i++)
        {
            var host = service.Hosts[i];
            if (!bound.SelectMany(gateway => gateway.Servers.SelectMany(server => server.Hosts).Select(served => (gateway, served))).Any(each => Serves(each.gateway, each.served, service, host)))
            {
                yield return service.Problem(
                    Severity.Warning,
                    $"spec.hosts[{i}]",
                    $"{Messages.OneOf(bound.Select(gateway => gateway.Subject))} does not serve the host {host}: no request from outside gets here",
                    "add the host to the gateway's server");
            }
        }
    }

    private static IEnumerable<Problem> Matches(VirtualService service, Dictionary<string, Gateway> gateways)
    {
        for (var i = 0; i < service.Http.Count; i++)
        {
            for (var j = 0; j < service.Http[i].Match.Count; j++)
            {
                var names = service.Http[i].Match[j].Gateways;
                for (var k = 0; k < names.Count; k++)
                {
                    var path = $"spec.http[{i}].match[{j}].gateways[{k}]";
                    var isBound = service.Gateways.Count == 0
                        ? names[k] == VirtualService.MeshGateway
                        : service.Gateways.Any(name => Full(name, service) == Full(names[k], service));
                    if (names[k] != VirtualService.MeshGateway && !gateways.ContainsKey(Full(names[k], service)))
                    {
                        yield return Missing(service, path, names[k], gateways);
                    }
                    else if (!isBound && service.Hosts.Count > 0)
                    {
                        yield return service.Problem(
                            Severity.Warning, path, $"the VirtualService is not bound to {names[k]}: this match takes no request from there", $"add {names[k]} to spec.gateways");
                    }
                }
            }
        }
    }

    private static Problem Missing(VirtualService service, string path, string name, Dictionary<string, Gateway> gateways)
    {
        var own = gateways.Keys.Select(key => key.StartsWith($"{service.Namespace}/", StringComparison.Ordinal) ? key[(service.Namespace.Length + 1)..] : key).ToList();
        var near = Messages.Nearest(name, own);
        return service.Problem(
            Severity.Warning,
            path,
            $"there is no Gateway {name}: no request gets here from it",
            near is not null ? $"did you mean {near}?" : own.Count == 0 ? "there is no Gateway at all" : $"there is {Messages.AllOf(own)}");
    }

    /// <summary><c>name</c>, <c>namespace/name</c>, or the old <c>name.namespace.svc...</c> as <c>namespace/name</c>.</summary>
    private static string Full(string name, VirtualService service) =>
        name.Contains('/', StringComparison.Ordinal) || name == VirtualService.MeshGateway ? name
        : name.Split('.') is [var first, var space, ..] ? $"{space}/{first}" : $"{service.Namespace}/{name}";

    private static bool Serves(Gateway gateway, string served, VirtualService service, string host)
    {
        var slash = served.IndexOf('/', StringComparison.Ordinal);
        var space = slash < 0 ? "*" : served[..slash];
        var name = served[(slash + 1)..];
        return (space == "*" || (space == "." ? gateway.Namespace : space) == service.Namespace) && (HostNames.IsWithin(host, name) || HostNames.IsWithin(name, host));
    }
}
