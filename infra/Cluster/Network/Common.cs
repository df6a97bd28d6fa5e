using Bookinfo.Cluster.Settings;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>What every pod of the namespace needs, whatever it is.</summary>
internal static class Common
{
    // istiod's port for configuration and certificates over TLS.
    private const int IstiodSecure = 15012;

    // The sidecar's agent: metrics of proxy and application together.
    private const int SidecarMetrics = 15020;

    // The node-local DNS cache of several clouds answers at this address and not from a pod.
    private const string NodeLocalDns = "169.254.20.10/32";

    // The port on which Linkerd's proxies take what other proxies send (linkerd2 charts/linkerd-control-plane/values.yaml:
    // proxy.ports.inbound).
    private const int LinkerdInbound = 4143;

    private static readonly int[] LinkerdControlPlane = [8080, 8086, 8090];

    /// <summary>
    /// The ports of a pod as other pods of the namespace dial them. Linkerd's proxies speak to each other on a port of their own, too: for
    /// whatever is opaque to them, as PostgreSQL is by default (the same file: <c>proxy.opaquePorts</c>), on that one only.
    /// </summary>
    public static NetworkPolicyPortArgs[] Ports(ClusterSettings settings, params int[] ports) =>
        [.. ports.Select(Peers.Tcp), .. settings.Mesh.IsLinkerd ? [Peers.Tcp(LinkerdInbound)] : Array.Empty<NetworkPolicyPortArgs>()];

    /// <summary>Prometheus, whom Argo Rollouts asks.</summary>
    public static List<NetworkPolicyIngressRuleArgs> Ingress(ClusterSettings settings) =>
        settings.Mesh.IsIstio ? [Peers.From([Peers.Namespace(settings.Delivery.PrometheusNamespace)], Peers.Tcp(SidecarMetrics))] : [];

    /// <summary>Names, and the mesh's control plane.</summary>
    public static List<NetworkPolicyEgressRuleArgs> Egress(ClusterSettings settings)
    {
        List<NetworkPolicyEgressRuleArgs> rules =
            [Peers.To([Peers.Namespace("kube-system"), Peers.Addresses(NodeLocalDns)], Peers.Udp(53), Peers.Tcp(53))];
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
