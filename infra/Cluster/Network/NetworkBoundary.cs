using Bookinfo.Cluster.Components;
using Bookinfo.Cluster.Exposure;
using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>
/// Nothing passes but the arrows of the topology and what they need: names (DNS), the mesh's control plane, the database, telemetry, the ways in.
/// The kubelet's probes come from the pod's own node, which a NetworkPolicy never stops.
/// </summary>
internal sealed class NetworkBoundary : ComponentResource
{
    private readonly Place _place;

    public NetworkBoundary(Place place)
        : base("bookinfo:cluster:NetworkBoundary", "network-boundary")
    {
        _place = place;
        var everything = new LabelSelectorArgs();
        Policy("default-deny", "bookinfo", everything, ["Ingress", "Egress"], [], []);
        Policy("common", "bookinfo", everything, ["Ingress", "Egress"], Common.Ingress(place.Settings), Common.Egress(place.Settings));
        foreach (var service in place.Settings.System.Services)
        {
            Policy(service.Name, service.Name, Select(service.Name), ["Ingress", "Egress"], Arrows.Into(service, place.Settings), Arrows.OutOf(service, place.Settings));
            foreach (var release in service.Releases.Where(release => release.CallsOutside is not null))
            {
                // A NetworkPolicy knows no names: outside means every address over TLS.
                var pods = new LabelSelectorArgs { MatchLabels = Labels.Select(service, release) };
                Policy($"{service.WorkloadName(release)}-outside", service.Name, pods, ["Egress"], [], [Peers.To([], Peers.Tcp(443))]);
            }
        }

        AddDatabase();
        AddTelemetry();
        AddGateway();
        RegisterOutputs();
    }

    private void AddDatabase()
    {
        if (_place.Settings.Database.Kind != DatabaseKind.Postgres)
        {
            return;
        }

        var clients = from service in _place.Settings.System.Services
                      from release in service.Releases
                      where release.NeedsDatabase
                      select Peers.Pods(Labels.Select(service, release));
        List<NetworkPolicyPeerArgs> peers = [.. clients];
        // No client would mean everybody; then there is nothing to let in.
        Policy(Database.AppName, Database.AppName, Select(Database.AppName), ["Ingress"], peers.Count > 0 ? [Peers.From(peers, Ports(Database.Port))] : [], []);
    }

    private void AddTelemetry()
    {
        if (_place.Settings.Telemetry.Kind != TelemetryKind.Collector)
        {
            return;
        }

        var senders = _place.Settings.System.Services.Select(service => Peers.Pods(service.Name));
        if (_place.Settings.Mesh.IsIstio)
        {
            senders = senders.Append(Peers.Namespace(_place.Settings.Mesh.GatewayNamespace));
        }

        Policy(Collector.AppName, Collector.AppName, Select(Collector.AppName), ["Ingress", "Egress"],
            [Peers.From(senders, Ports(Collector.GrpcPort, Collector.HttpPort))],
            [Peers.To([Peers.Pods(Dashboard.AppName)], Ports(Dashboard.OtlpPort))]);
        Policy(Dashboard.AppName, Dashboard.AppName, Select(Dashboard.AppName), ["Ingress"],
            [Peers.From([Peers.Pods(Collector.AppName)], Ports(Dashboard.OtlpPort))], []);
    }

    // Some controllers run a Gateway's proxy beside the Gateway; such pods carry the label of GEP-1762.
    private void AddGateway()
    {
        if (_place.Settings.Exposure.Has(ExposureKind.GatewayApi))
        {
            var proxies = new LabelSelectorArgs { MatchLabels = GatewayApiExposure.ProxyLabels };
            var entries = _place.Settings.System.Services.Where(service => service.PublicPaths.Count > 0);
            Policy(GatewayApiExposure.GatewayName, GatewayApiExposure.GatewayName, proxies, ["Ingress", "Egress"],
                [Peers.From([])], [.. entries.Select(entry => Peers.To([Peers.Pods(entry.Name)], Ports(entry.Port)))]);
        }
    }

    private NetworkPolicyPortArgs[] Ports(params int[] ports) => Common.Ports(_place.Settings, ports);

    private void Policy(
        string name,
        string app,
        LabelSelectorArgs pods,
        string[] types,
        List<NetworkPolicyIngressRuleArgs> ingress,
        List<NetworkPolicyEgressRuleArgs> egress)
    {
        var spec = new NetworkPolicySpecArgs { PodSelector = pods, PolicyTypes = types };
        if (ingress.Count > 0)
        {
            spec.Ingress = ingress;
        }

        if (egress.Count > 0)
        {
            spec.Egress = egress;
        }

        _ = new NetworkPolicy(name, new NetworkPolicyArgs { Metadata = _place.Meta(name, app), Spec = spec }, Child.Of(this));
    }

    private static LabelSelectorArgs Select(string app) => new() { MatchLabels = Labels.Select(app) };
}
