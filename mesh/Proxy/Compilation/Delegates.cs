using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// Puts the routes of delegates in the place of the rules that delegate to them (<c>pilot/pkg/model/virtualservice.go:
/// mergeVirtualServicesIfNeeded</c>).
/// A delegate is a VirtualService without hosts; it cannot delegate in turn. A rule whose delegate is not there does nothing, as in Istio;
/// the analysis of rules warns of it.
/// </summary>
internal static class Delegates
{
    public static IReadOnlyList<VirtualService> Merge(IReadOnlyList<VirtualService> services, string clusterDomain)
    {
        if (services.All(service => service.Hosts.Count > 0 && service.Http.All(rule => rule.Delegate is null)))
        {
            return services;
        }

        var delegates = services.Where(service => service.Hosts.Count == 0).ToDictionary(service => (service.Namespace, service.Name));
        return [.. services.Where(service => service.Hosts.Count > 0).Select(service => Merge(service, delegates, clusterDomain))];
    }

    private static VirtualService Merge(
        VirtualService root, Dictionary<(string Namespace, string Name), VirtualService> delegates, string clusterDomain)
    {
        var rules = new List<HttpRoute>();
        foreach (var rule in root.Http)
        {
            if (rule.Delegate is null)
            {
                rules.Add(rule);
            }
            else if (delegates.TryGetValue((rule.Delegate.Namespace is { Length: > 0 } named ? named : root.Namespace, rule.Delegate.Name),
                out var target)
                && Visibility.IsVisible(target.ExportTo, target.Namespace, root.Namespace))
            {
                rules.AddRange(target.Http.Select(delegated =>
                    DelegateMatches.Merge(Full(rule, root.Namespace, clusterDomain), Full(delegated, target.Namespace, clusterDomain)))
                        .OfType<HttpRoute>());
            }
        }

        return root with { Http = rules };
    }

    /// <summary>
    /// Short names are of the namespace of the rule that has them (<c>virtualservice.go: ResolveVirtualServiceShortnames</c>).
    /// </summary>
    private static HttpRoute Full(HttpRoute rule, string @namespace, string clusterDomain)
    {
        return rule with
        {
            Route = [.. rule.Route.Select(destination => destination with { Destination = Resolve(destination.Destination) })],
            Mirror = rule.Mirror is null ? null : Resolve(rule.Mirror),
            Match = [.. rule.Match.Select(match =>
                match with { Gateways = [.. match.Gateways.Select(name => GatewayNames.Full(name, @namespace))] })],
            Mirrors = [.. rule.Mirrors.Select(mirror => mirror with { Destination = Resolve(mirror.Destination) })],
        };

        Destination Resolve(Destination destination) => destination with
        {
            Host = HostNames.Full(destination.Host, @namespace, clusterDomain),
        };
    }
}
