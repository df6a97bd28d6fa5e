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
        if (!HaveDelegates(services))
        {
            return services;
        }

        var delegates = Index(services);
        return [.. services.Where(service => service.Hosts.Count > 0).Select(service => Merge(service, delegates, clusterDomain))];
    }

    /// <summary>The rules of delegates that a VirtualService does not take over, because their matches conflict with its own.</summary>
    /// <param name="root">The VirtualService that delegates, as it was read.</param>
    /// <param name="services">All VirtualServices.</param>
    /// <param name="clusterDomain">The cluster's domain.</param>
    public static IEnumerable<DelegatedRule> Conflicts(VirtualService root, IReadOnlyList<VirtualService> services, string clusterDomain)
    {
        var delegates = Index(services);
        return root.Http.SelectMany((rule, i) => Joined(root, i, delegates, clusterDomain)).Where(rule => rule.Merged is null);
    }

    /// <summary>Asked of every rule with every change, so that it takes no detours.</summary>
    private static bool HaveDelegates(IReadOnlyList<VirtualService> services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            var http = services[i].Http;
            if (services[i].Hosts.Count == 0)
            {
                return true;
            }

            for (var r = 0; r < http.Count; r++)
            {
                if (http[r].Delegate is not null)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static Dictionary<(string Namespace, string Name), VirtualService> Index(IReadOnlyList<VirtualService> services) =>
        services.Where(service => service.Hosts.Count == 0).ToDictionary(service => (service.Namespace, service.Name));

    private static VirtualService Merge(
        VirtualService root, Dictionary<(string Namespace, string Name), VirtualService> delegates, string clusterDomain) =>
        root.Http.All(rule => rule.Delegate is null) ? root : root with
        {
            Http = [.. root.Http.SelectMany((rule, i) => rule.Delegate is null
                ? [rule with { Origin = OriginOf(root, i) }]
                : Joined(root, i, delegates, clusterDomain).Select(joined => joined.Merged).OfType<HttpRoute>())],
        };

    /// <summary>The rules of the delegate that one rule names, each joined with it; none where there is no such delegate.</summary>
    private static IEnumerable<DelegatedRule> Joined(VirtualService root, int index,
        Dictionary<(string Namespace, string Name), VirtualService> delegates, string clusterDomain)
    {
        var rule = root.Http[index];
        if (rule.Delegate is not { } name
            || !delegates.TryGetValue((name.Namespace is { Length: > 0 } named ? named : root.Namespace, name.Name), out var target)
            || !Visibility.IsVisible(target.ExportTo, target.Namespace, root.Namespace))
        {
            yield break;
        }

        var full = Full(rule, root.Namespace, clusterDomain);
        for (var i = 0; i < target.Http.Count; i++)
        {
            var path = $"spec.http[{i}]";
            yield return new DelegatedRule(index, target, path,
                DelegateMatches.Merge(full, Full(target.Http[i], target.Namespace, clusterDomain), target, path));
        }
    }

    /// <summary>Where a rule stood before delegates' rules came in before it.</summary>
    private static RuleOrigin OriginOf(VirtualService root, int index) => new(root, $"spec.http[{index}]")
    {
        Matches = [.. root.Http[index].Match.Select((_, m) => $"spec.http[{index}].match[{m}]")],
    };

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

/// <summary>A delegate's rule in the place of the one that delegates.</summary>
/// <param name="RootIndex">The position of the rule that delegates.</param>
/// <param name="Target">The delegate.</param>
/// <param name="Path">Where its rule stands.</param>
/// <param name="Merged">The two joined; null where their matches conflict.</param>
internal sealed record DelegatedRule(int RootIndex, VirtualService Target, string Path, HttpRoute? Merged);
