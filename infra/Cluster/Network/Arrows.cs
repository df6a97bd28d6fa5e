using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>The arrows of the topology as rules of a NetworkPolicy.</summary>
internal static class Arrows
{
    /// <summary>Its callers, and for the page the ways in.</summary>
    public static List<NetworkPolicyIngressRuleArgs> Into(BookService service, ClusterSettings settings)
    {
        var ports = Common.Ports(settings, service.Port);
        List<NetworkPolicyPeerArgs> callers = [.. settings.System.CallersOf(service.Name).Select(caller => Peers.Pods(caller.Name))];
        List<NetworkPolicyIngressRuleArgs> rules = callers.Count > 0 ? [Peers.From(callers, ports)] : [];
        if (service.PublicPaths.Count > 0)
        {
            rules.AddRange(WaysIn(settings).Select(peers => Peers.From(peers, ports)));
        }

        return rules;
    }

    /// <summary>The services it calls, its database, and an endpoint for telemetry.</summary>
    public static List<NetworkPolicyEgressRuleArgs> OutOf(BookService service, ClusterSettings settings)
    {
        List<NetworkPolicyEgressRuleArgs> rules =
            [.. service.Calls.Select(name => settings.System[name])
                .Select(callee => Peers.To([Peers.Pods(callee.Name)], Common.Ports(settings, callee.Port)))];
        if (service.Releases.Any(release => release.NeedsDatabase))
        {
            rules.Add(settings.Database.Kind == DatabaseKind.Postgres
                ? Peers.To([Peers.Pods(WellKnown.Database.AppName)], Common.Ports(settings, WellKnown.Database.Port))
                : Peers.To([], Peers.Tcp(settings.Database.Port)));
        }

        rules.AddRange(ToTelemetry(settings));
        return rules;
    }

    /// <summary>To where telemetry goes, if anywhere.</summary>
    public static IEnumerable<NetworkPolicyEgressRuleArgs> ToTelemetry(ClusterSettings settings) => settings.Telemetry switch
    {
        { Kind: TelemetryKind.Collector } =>
            [Peers.To([Peers.Pods(WellKnown.Collector.AppName)], Common.Ports(settings, WellKnown.Collector.GrpcPort))],
        { Endpoint: { } endpoint } => [Peers.To([], Peers.Tcp(endpoint.Port))],
        _ => [],
    };

    // One list of peers for each way in; an empty one is everybody. A node that passes on a request of a NodePort puts its own address in,
    // so that the source cannot be told from here: who can call is decided by the load balancer (exposure:sourceRanges).
    private static IEnumerable<IReadOnlyList<NetworkPolicyPeerArgs>> WaysIn(ClusterSettings settings)
    {
        var exposure = settings.Exposure;
        var everybody = exposure.Has(ExposureKind.NodePort) || exposure.Has(ExposureKind.LoadBalancer);
        var byController = exposure.Has(ExposureKind.Ingress) || exposure.Has(ExposureKind.GatewayApi);
        if (everybody || (byController && exposure.ControllerNamespace is null))
        {
            yield return [];
            yield break;
        }

        if (byController)
        {
            yield return [Peers.Namespace(exposure.ControllerNamespace!)];
        }

        if (exposure.Has(ExposureKind.GatewayApi))
        {
            yield return [Peers.Pods(WellKnown.GatewayApi.ProxyLabels)];
        }

        if (exposure.Has(ExposureKind.IstioGateway))
        {
            yield return [Peers.Namespace(settings.Mesh.GatewayNamespace)];
        }
    }
}
