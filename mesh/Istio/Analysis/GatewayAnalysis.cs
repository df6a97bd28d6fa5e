using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Gateways that VirtualServices name and that do not exist, and hosts that their gateway does not serve
/// (<c>analyzers/virtualservice/gateways.go</c>).
/// </summary>
internal static class GatewayAnalysis
{
    /// <param name="scope">The Gateways.</param>
    /// <param name="service">The VirtualService.</param>
    public static IEnumerable<Problem> Analyze(AnalysisScope scope, VirtualService service) =>
        [.. Bound(scope, service), .. Matches(service)];

    private static IEnumerable<Problem> Bound(AnalysisScope scope, VirtualService service)
    {
        var served = new HashSet<string>(StringComparer.Ordinal);
        var isJudged = service.Gateways.Count > 0;
        for (var i = 0; i < service.Gateways.Count; i++)
        {
            var (name, path) = (service.Gateways[i], $"spec.gateways[{i}]");
            var full = GatewayNames.Full(name, service.Namespace);
            if (name == VirtualService.MeshGateway || name.Contains(GatewayNames.Internal, StringComparison.Ordinal))
            {
                isJudged = false;
            }
            else if (Hosts(scope, service, full) is { } hosts)
            {
                var fitting = service.Hosts.Where(host => hosts.Any(each => Fits(host, each))).ToList();
                served.UnionWith(fitting);
                if (fitting.Count == 0 && service.Hosts.Count > 0)
                {
                    yield return NotServed(service, path, name);
                }
            }
            else
            {
                isJudged = false;
                foreach (var problem in Missing(scope, service, path, name, full))
                {
                    yield return problem;
                }
            }
        }

        for (var i = 0; isJudged && served.Count > 0 && i < service.Hosts.Count; i++)
        {
            if (!served.Contains(service.Hosts[i]))
            {
                yield return service.Problem(
                    MessageTypes.NoEffect,
                    $"spec.hosts[{i}]",
                    $"{Messages.OneOf(service.Gateways.Select(name => $"Gateway {name}"))} does not serve the host {service.Hosts[i]}: no "
                    + "request for it gets here",
                    "add the host to the gateway's server");
            }
        }
    }

    private static Problem NotServed(VirtualService service, string path, string name) => service.Problem(
        MessageTypes.VirtualServiceHostNotFoundInGateway,
        path,
        $"Gateway {name} does not serve {Messages.OneOf(service.Hosts)}: no request from there gets here",
        "add the host to the gateway's server");

    /// <summary>
    /// The hosts that a gateway serves for a VirtualService; null where there is no such gateway, or its hosts are not known.
    /// </summary>
    private static List<string>? Hosts(AnalysisScope scope, VirtualService service, string full)
    {
        if (scope.Gateways.Find(full) is { } gateway)
        {
            return scope.IsFaulty(gateway) ? ["*"]
                : [.. gateway.Servers.SelectMany(server => server.Hosts).Select(host => For(host, gateway, service)).OfType<string>()];
        }

        return scope.Gateways.FindKubernetes(full) is { } kubernetes ? [.. kubernetes.Hosts]
            : scope.Gateways.Exists(full) ? ["*"] : null;
    }

    /// <summary>The name in <c>namespace/name</c> where the namespace is the VirtualService's.</summary>
    private static string? For(string served, Gateway gateway, VirtualService service)
    {
        var slash = served.IndexOf('/', StringComparison.Ordinal);
        var space = slash < 0 ? "*" : served[..slash];
        return space == "*" || (space == "." ? gateway.Namespace : space) == service.Namespace ? served[(slash + 1)..] : null;
    }

    private static bool Fits(string host, string served) => HostNames.IsWithin(host, served) || HostNames.IsWithin(served, host);

    private static IEnumerable<Problem> Matches(VirtualService service)
    {
        for (var i = 0; i < service.Http.Count; i++)
        {
            for (var j = 0; j < service.Http[i].Match.Count; j++)
            {
                var names = service.Http[i].Match[j].Gateways;
                for (var k = 0; k < names.Count; k++)
                {
                    var path = $"spec.http[{i}].match[{j}].gateways[{k}]";
                    var full = GatewayNames.Full(names[k], service.Namespace);
                    var isBound = service.Gateways.Count == 0
                        ? names[k] == VirtualService.MeshGateway
                        : service.Gateways.Any(name => GatewayNames.Full(name, service.Namespace) == full);
                    if (!isBound && service.Hosts.Count > 0)
                    {
                        yield return service.Problem(
                            MessageTypes.NoEffect, path,
                                $"the VirtualService is not bound to {names[k]}: this match takes no request from there",
                                    $"add {names[k]} to spec.gateways");
                    }
                }
            }
        }
    }

    private static IEnumerable<Problem> Missing(AnalysisScope scope, VirtualService service, string path, string name, string full)
    {
        var own = scope.Gateways.Names.Select(key => key.StartsWith($"{service.Namespace}/", StringComparison.Ordinal)
            ? key[(service.Namespace.Length + 1)..] : key).ToList();
        var near = Messages.Nearest(name, own);
        if (scope.Gateways.IsCertain(full) || (near is not null && Messages.IsTypo(name, near)))
        {
            yield return service.Problem(
                MessageTypes.ReferencedResourceNotFound,
                path,
                $"there is no Gateway {name}: no request gets here from it",
                near is not null ? $"did you mean {near}?" : own.Count == 0 ? "there is no Gateway at all"
                    : $"there is {Messages.AllOf(own)}");
            yield return NotServed(service, path, name);
        }
        else
        {
            yield return service.Problem(MessageTypes.NothingKnown, path, $"nothing is known of the Gateway {name}",
                $"give it with the rules, or name it: --gateway {full}");
        }
    }
}
