using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// Finds a route's parents and says for each whether the route is attached (<c>conversion.go: extractParentReferenceInfo,
/// referenceAllowed</c>).
/// </summary>
internal sealed class ParentBinder(ListenerTable listeners, IReadOnlyList<ServiceEntry> serviceEntries, ClusterFacts facts)
{
    private const string NoMatchingParent = nameof(NoMatchingParent);
    private const string NotAllowedByListeners = nameof(NotAllowedByListeners);

    public IReadOnlyList<BoundParent> Bind(RouteResource route)
    {
        var bound = new List<BoundParent>();
        for (var i = 0; i < route.ParentRefs.Count; i++)
        {
            var reference = route.ParentRefs[i];
            if (ParentKey.Of(reference, route.Namespace) is not { } key)
            {
                continue;
            }

            if (key.Kind is ParentKind.Service or ParentKind.ServiceEntry)
            {
                bound.Add(new BoundParent(i, reference, key, null, Refusal(key)));
                continue;
            }

            var found = listeners.Find(key);
            bound.AddRange(found.Select(listener => new BoundParent(i, reference, key, listener, Refusal(route, reference, listener))
            {
                OtherHosts =
                [
                    .. found.Where(other => other != listener && other.Listener.Port == listener.Listener.Port
                        && other.Listener.Protocol == listener.Listener.Protocol && other.Hostname != listener.Hostname)
                        .Select(other => other.Hostname),
                ],
            }));
        }

        return bound;
    }

    /// <summary>Whether the two names have a name in common, one of them a wildcard or not (<c>host.Name.Matches</c>).</summary>
    public static bool Match(string one, string other) => HostNames.IsWithin(one, other) || HostNames.IsWithin(other, one);

    private Refusal? Refusal(ParentKey key) => key.Kind == ParentKind.Service
        ? facts.Services.Contains((key.Namespace, key.Name)) ? null
            : new Refusal(NoMatchingParent, $"parent service: \"{key.Name}\" not found")
        : serviceEntries.Any(entry => entry.Namespace == key.Namespace && entry.Name == key.Name) ? null
            : new Refusal(NoMatchingParent, $"parent service entry: \"{key.Name}\" not found");

    private static Refusal? Refusal(RouteResource route, ParentReference reference, ParentListener parent)
    {
        if (reference.Port is { } port && port != parent.Listener.Port)
        {
            return new Refusal(NoMatchingParent, $"port {port} not found");
        }

        if (reference.SectionName is { Length: > 0 } section && section != parent.Listener.Name)
        {
            return new Refusal(NoMatchingParent, $"sectionName \"{section}\" not found");
        }

        return HostRefusal(route, parent)
            ?? (parent.Kinds.Contains(route.Kind) ? null : new Refusal(NotAllowedByListeners, $"kind {route.Kind} is not allowed"));
    }

    private static Refusal? HostRefusal(RouteResource route, ParentListener parent)
    {
        IReadOnlyList<string> hosts = route.Hostnames.Count > 0 ? route.Hostnames : ["*"];
        var served = parent.Hosts.Select(host => host.Split('/', 2))
            .Where(parts => hosts.Any(host => Match(parts[1], host))).Select(parts => parts[0]).ToList();
        return served.Contains("*") || served.Contains(route.Namespace) ? null
            : served.Count > 0
                ? new Refusal(NotAllowedByListeners, $"hostnames matched parent hostname \"{parent.Hostname}\", but namespace "
                    + $"\"{route.Namespace}\" is not allowed by the parent")
                : new Refusal("NoMatchingListenerHostname", $"no hostnames matched parent hostname \"{parent.Hostname}\"");
    }
}
