using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>What runs in the mesh, as far as the analysis of rules needs it.</summary>
/// <param name="Namespace">The namespace of the services, and of rules that name none.</param>
/// <param name="ClusterDomain">The cluster's domain, such as <c>cluster.local</c>.</param>
/// <param name="ServiceNames">Short names of the services.</param>
public sealed record KnownServices(string Namespace, string ClusterDomain, IReadOnlyCollection<string> ServiceNames)
{
    /// <summary>The ports of services by short name; a service that is absent is not checked for ports.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<int>> Ports { get; init; } = new Dictionary<string, IReadOnlyCollection<int>>();

    /// <summary>The names of ports with their numbers by short name of the service.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> PortNames { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, int>>();

    /// <summary>
    /// The ports of services by short name that Istio forwards the bytes of, because of their names; a service that is absent has none.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<int>> TcpPorts { get; init; } =
        new Dictionary<string, IReadOnlyCollection<int>>();

    /// <summary>
    /// The labels of each workload by the service it belongs to (<c>reviews</c>: <c>{app: reviews, version: v1}</c>, ...); a service that
    /// is absent is not checked for subsets that select nothing.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<IReadOnlyDictionary<string, string>>> WorkloadLabels { get; init; } =
        new Dictionary<string, IReadOnlyCollection<IReadOnlyDictionary<string, string>>>();

    /// <summary>
    /// The labels of each gateway's workload, such as <c>{istio: ingressgateway}</c>: who calls by rules that are bound to a gateway.
    /// </summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, string>> GatewayLabels { get; init; } = [];

    /// <summary>The ports that the gateways' Service has, its own and the pods'; empty where they are not known.</summary>
    public IReadOnlyCollection<int> GatewayPorts { get; init; } = [];

    /// <summary>
    /// Hosts that are served beside the services, in any form: <c>orders</c>, <c>orders.prod</c>, <c>orders.prod.svc.cluster.local</c>,
    /// <c>api.example.com</c>, <c>*.example.com</c>.
    /// </summary>
    public IReadOnlyCollection<string> Hosts { get; init; } = [];

    /// <summary>
    /// Gateways that exist beside those in the rules, in any form: <c>gw</c>, <c>istio-system/gw</c>,
    /// <c>gw.istio-system.svc.cluster.local</c>.
    /// </summary>
    public IReadOnlyCollection<string> Gateways { get; init; } = [];

    /// <summary>What Kubernetes objects beside the rules tell.</summary>
    public KubernetesObjects Objects { get; init; } = KubernetesObjects.Empty;

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel GatewayApi { get; init; }

    /// <summary>
    /// Whether this is all there is, as in a mesh that runs: what is not here does not exist. Otherwise only a misspelled name is a
    /// mistake, and a name of which nothing is known may well exist elsewhere.
    /// </summary>
    public bool IsComplete { get; init; } = true;
}
