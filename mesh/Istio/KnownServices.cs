namespace Bookinfo.Mesh.Istio;

/// <summary>What runs in the mesh, as far as the analysis of rules needs it.</summary>
/// <param name="Namespace">The namespace of the services.</param>
/// <param name="ClusterDomain">The cluster's domain, such as <c>cluster.local</c>.</param>
/// <param name="ServiceNames">Short names of the services.</param>
public sealed record KnownServices(string Namespace, string ClusterDomain, IReadOnlyCollection<string> ServiceNames)
{
    /// <summary>The ports of services by short name; a service that is absent is not checked for ports.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<int>> Ports { get; init; } = new Dictionary<string, IReadOnlyCollection<int>>();

    /// <summary>
    /// The labels of each workload by the service it belongs to (<c>reviews</c>: <c>{app: reviews, version: v1}</c>, ...); a service that is absent is not
    /// checked for subsets that select nothing.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<IReadOnlyDictionary<string, string>>> WorkloadLabels { get; init; } =
        new Dictionary<string, IReadOnlyCollection<IReadOnlyDictionary<string, string>>>();

    /// <summary>The labels of each gateway's workload, such as <c>{istio: ingressgateway}</c>: who calls by rules that are bound to a gateway.</summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, string>> GatewayLabels { get; init; } = [];
}
