using Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>Which namespaces a listener lets in (<c>conversion.go: namespacesFromSelector, buildHostnameMatch</c>).</summary>
internal sealed class AllowedNamespaces(ClusterFacts facts)
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>What a listener serves, each as <c>namespace/host</c>; <c>~/host</c> where it lets in no namespace.</summary>
    public IReadOnlyList<string> HostsOf(Listener listener, string @namespace)
    {
        var host = listener.Hostname ?? "*";
        List<string> hosts = [.. Of(listener.AllowedRoutes?.Namespaces, @namespace).Select(space => $"{space}/{host}")];
        return hosts.Count > 0 ? hosts : [$"~/{host}"];
    }

    /// <summary>Whether a Gateway takes the ListenerSets of a namespace; none by default.</summary>
    public bool TakesListenerSets(Gateway gateway, string @namespace) =>
        gateway.AllowedListeners is { From: not (null or FromNamespaces.None) } allowed
        && Of(allowed, gateway.Namespace).Any(space => space == "*" || space == @namespace);

    private IEnumerable<string> Of(RouteNamespaces? namespaces, string own) => namespaces?.From switch
    {
        FromNamespaces.All => ["*"],
        FromNamespaces.Selector => Known().Where(space => namespaces.Selector?.Matches(LabelsOf(space)) == true)
            .Order(StringComparer.Ordinal),
        FromNamespaces.None => [],
        _ => [own],
    };

    private IEnumerable<string> Known() =>
        facts.Services.Select(service => service.Namespace).Concat(facts.NamespaceLabels.Keys).Distinct();

    private Dictionary<string, string> LabelsOf(string @namespace)
    {
        var labels = facts.NamespaceLabels.TryGetValue(@namespace, out var known) ? known.ToDictionary() : [];
        labels[NameLabel] = @namespace;
        return labels;
    }
}
