namespace Bookinfo.Mesh.Istio.Model;

/// <summary>All the rules of a mesh. Two sets with the same rules in the same order are equal.</summary>
/// <param name="VirtualServices">How requests are routed, in the order of the text: the first for a host wins.</param>
/// <param name="DestinationRules">Subsets, and the policy for the traffic to them.</param>
/// <param name="Gateways">Ports and hosts for the traffic from outside.</param>
/// <param name="ServiceEntries">Services outside the mesh, or not otherwise known to it.</param>
public sealed record RuleSet(
    IReadOnlyList<VirtualService> VirtualServices,
    IReadOnlyList<DestinationRule> DestinationRules,
    IReadOnlyList<Gateway> Gateways,
    IReadOnlyList<ServiceEntry> ServiceEntries)
{
    /// <summary>No rules.</summary>
    public static RuleSet Empty { get; } = new([], [], [], []);

    /// <summary>How requests are routed, in the order of the text: the first for a host wins.</summary>
    public IReadOnlyList<VirtualService> VirtualServices { get; init => field = Values.List(value); } = Values.List(VirtualServices);

    /// <summary>Subsets, and the policy for the traffic to them.</summary>
    public IReadOnlyList<DestinationRule> DestinationRules { get; init => field = Values.List(value); } = Values.List(DestinationRules);

    /// <summary>Ports and hosts for the traffic from outside.</summary>
    public IReadOnlyList<Gateway> Gateways { get; init => field = Values.List(value); } = Values.List(Gateways);

    /// <summary>Services outside the mesh, or not otherwise known to it.</summary>
    public IReadOnlyList<ServiceEntry> ServiceEntries { get; init => field = Values.List(value); } = Values.List(ServiceEntries);

    /// <summary>The resources of the Gateway API, of all kinds, in the order of the text.</summary>
    public IReadOnlyList<GatewayApiResource> GatewayApi { get; init => field = Values.List(value); } = Values.None<GatewayApiResource>();

    /// <summary>Ingresses and IngressClasses, in the order of the text.</summary>
    public IReadOnlyList<IngressResource> Ingresses { get; init => field = Values.List(value); } = Values.None<IngressResource>();

    /// <summary>Every resource of the set.</summary>
    public IEnumerable<Resource> Resources =>
        [.. Gateways, .. VirtualServices, .. DestinationRules, .. ServiceEntries, .. GatewayApi, .. Ingresses];
}
