using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>The gateways that VirtualServices may name, by <c>namespace/name</c>.</summary>
internal sealed class GatewayIndex
{
    private readonly Dictionary<string, Gateway> _gateways;
    private readonly Dictionary<string, KubernetesGateway> _kubernetes;
    private readonly HashSet<string> _named;
    private readonly HashSet<string> _knownNamespaces;
    private readonly bool _isComplete;

    public GatewayIndex(RuleSet rules, KnownServices known)
    {
        _isComplete = known.IsComplete;
        _gateways = rules.Gateways.GroupBy(gateway => $"{gateway.Namespace}/{gateway.Name}")
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        _kubernetes = known.Objects.Gateways.GroupBy(gateway => $"{gateway.Namespace}/{gateway.Name}")
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        _named = known.Gateways.Select(name => GatewayNames.Full(name, known.Namespace)).ToHashSet(StringComparer.Ordinal);
        _knownNamespaces = [.. rules.Gateways.Select(gateway => gateway.Namespace),
            .. known.Objects.Gateways.Select(gateway => gateway.Namespace)];
    }

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => [.. _gateways.Keys, .. _kubernetes.Keys, .. _named];

    /// <summary>Whether a gateway of this name exists.</summary>
    public bool Exists(string full) => _gateways.ContainsKey(full) || _kubernetes.ContainsKey(full) || _named.Contains(full);

    /// <summary>Whether a gateway that is not here does not exist for certain: all are known, or those of its namespace.</summary>
    public bool IsCertain(string full) => _isComplete || _knownNamespaces.Contains(full.Split('/')[0]);

    /// <summary>The Gateway among the rules.</summary>
    public Gateway? Find(string full) => _gateways.GetValueOrDefault(full);

    /// <summary>The Gateway of the Kubernetes Gateway API.</summary>
    public KubernetesGateway? FindKubernetes(string full) => _kubernetes.GetValueOrDefault(full);
}
