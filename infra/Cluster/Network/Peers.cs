using Bookinfo.Cluster.Resources;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>The two sides of a rule of a NetworkPolicy.</summary>
internal static class Peers
{
    /// <summary>Pods of the same namespace.</summary>
    public static NetworkPolicyPeerArgs Pods(string app) => new()
    {
        PodSelector = new LabelSelectorArgs { MatchLabels = Labels.Select(app) },
    };

    /// <summary>Pods of the same namespace with these labels.</summary>
    public static NetworkPolicyPeerArgs Pods(InputMap<string> labels) => new()
    {
        PodSelector = new LabelSelectorArgs { MatchLabels = labels },
    };

    /// <summary>Every pod of another namespace. Kubernetes itself gives each namespace the label with its name.</summary>
    public static NetworkPolicyPeerArgs Namespace(string name) =>
        new() { NamespaceSelector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = name } } };

    /// <summary>Addresses.</summary>
    public static NetworkPolicyPeerArgs Addresses(string cidr) => new() { IpBlock = new IPBlockArgs { Cidr = cidr } };

    /// <summary>A port over TCP.</summary>
    public static NetworkPolicyPortArgs Tcp(int port) => new() { Protocol = "TCP", Port = port };

    /// <summary>A port over UDP.</summary>
    public static NetworkPolicyPortArgs Udp(int port) => new() { Protocol = "UDP", Port = port };

    /// <summary>What is let in. No peer means from everywhere.</summary>
    public static NetworkPolicyIngressRuleArgs From(IEnumerable<NetworkPolicyPeerArgs> peers, params NetworkPolicyPortArgs[] ports) =>
        new() { From = peers.ToList(), Ports = ports };

    /// <summary>What is let out. No peer means to everywhere.</summary>
    public static NetworkPolicyEgressRuleArgs To(IEnumerable<NetworkPolicyPeerArgs> peers, params NetworkPolicyPortArgs[] ports) =>
        new() { To = peers.ToList(), Ports = ports };
}
