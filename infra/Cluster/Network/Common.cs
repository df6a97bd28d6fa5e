using Bookinfo.Cluster.Settings;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>What every pod of the namespace needs, whatever it is.</summary>
internal static class Common
{
    /// <summary>The port on which Linkerd's proxies take what other proxies send (linkerd2 <c>charts/linkerd-control-plane/values.yaml: proxy.ports.inbound</c>).</summary>
    public const int LinkerdInbound = 4143;

    // istiod's port for configuration and certificates over TLS.
    private const int IstiodSecure = 15012;

    // The sidecar's agent: metrics of proxy and application together.
    private const int SidecarMetrics = 15020;

    // The node-local DNS cache of several clouds answers at this address and not from a pod.
    private const string NodeLocalDns = "169.254.20.10/32";

    private static readonly int[] LinkerdControlPlane = [8080, 8086, 8090];

    /// <summary>Prometheus, whom Argo Rollouts asks.</summary>
    public static List<NetworkPolicyIngressRuleArgs> Ingress(ClusterSettings settings) =>
        settings.Mesh.IsIstio ? [Peers.From([Peers.Namespace(settings.Delivery.PrometheusNamespace)], Peers.Tcp(SidecarMetrics))] : [];

    /// <summary>Names, and the mesh's control plane.</summary>
    public static List<NetworkPolicyEgressRuleArgs> Egress(ClusterSettings settings)
    {
        List<NetworkPolicyEgressRuleArgs> rules = [Peers.To([Peers.Namespace("kube-system"), Peers.Addresses(NodeLocalDns)], Peers.Udp(53), Peers.Tcp(53))];
        if (settings.Mesh.IsIstio)
        {
            rules.Add(Peers.To([Peers.Namespace(settings.Mesh.Namespace)], Peers.Tcp(IstiodSecure)));
        }

        if (settings.Mesh.IsLinkerd)
        {
            rules.Add(Peers.To([Peers.Namespace(settings.Mesh.Namespace)], [.. LinkerdControlPlane.Select(Peers.Tcp)]));
        }

        return rules;
    }
}
