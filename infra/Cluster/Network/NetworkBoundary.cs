using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Bookinfo.Cluster.Network;

/// <summary>
/// Nothing passes but the arrows of the topology and what they need: names (DNS), the mesh's control plane, the database, telemetry, the
/// ways in. The kubelet's probes come from the pod's own node, which a NetworkPolicy never stops.
/// </summary>
internal sealed class NetworkBoundary : ComponentResource
{
    private readonly DeploymentContext _context;

    public NetworkBoundary(DeploymentContext context)
        : base("bookinfo:cluster:NetworkBoundary", "network-boundary")
    {
        _context = context;
        var everything = new LabelSelectorArgs();
        Policy("default-deny", "bookinfo", everything, ["Ingress", "Egress"], [], []);
        Policy("common", "bookinfo", everything, ["Ingress", "Egress"], Common.Ingress(context.Settings), Common.Egress(context.Settings));
        foreach (var service in context.Settings.System.Services)
        {
            Policy(service.Name, service.Name, Select(service.Name), ["Ingress", "Egress"], Arrows.Into(service, context.Settings),
                Arrows.OutOf(service, context.Settings));
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
        AddSolver();
        RegisterOutputs();
    }

    private void AddDatabase()
    {
        if (_context.Settings.Database.Kind != DatabaseKind.Postgres)
        {
            return;
        }

        var clients = from service in _context.Settings.System.Services
                      from release in service.Releases
                      where release.NeedsDatabase
                      select Peers.Pods(Labels.Select(service, release));
        List<NetworkPolicyPeerArgs> peers = [.. clients];
        // No client would mean everybody; then there is nothing to let in.
        Policy(WellKnown.Database.AppName, WellKnown.Database.AppName, Select(WellKnown.Database.AppName), ["Ingress"],
            peers.Count > 0 ? [Peers.From(peers, Ports(WellKnown.Database.Port))] : [], []);
    }

    private void AddTelemetry()
    {
        if (_context.Settings.Telemetry.Kind != TelemetryKind.Collector)
        {
            return;
        }

        var senders = _context.Settings.System.Services.Select(service => Peers.Pods(service.Name));
        if (_context.Settings.Mesh.IsIstio)
        {
            senders = senders.Append(Peers.Namespace(_context.Settings.Mesh.GatewayNamespace));
        }

        if (_context.Settings.Exposure.Has(ExposureKind.GatewayApi))
        {
            senders = senders.Append(Peers.Pods(WellKnown.GatewayApi.ProxyLabels));
        }

        Policy(WellKnown.Collector.AppName, WellKnown.Collector.AppName, Select(WellKnown.Collector.AppName), ["Ingress", "Egress"],
            [Peers.From(senders, Ports(WellKnown.Collector.GrpcPort, WellKnown.Collector.HttpPort))],
            [Peers.To([Peers.Pods(WellKnown.Dashboard.AppName)], Ports(WellKnown.Dashboard.OtlpPort))]);
        Policy(WellKnown.Dashboard.AppName, WellKnown.Dashboard.AppName, Select(WellKnown.Dashboard.AppName), ["Ingress"],
            [Peers.From([Peers.Pods(WellKnown.Collector.AppName)], Ports(WellKnown.Dashboard.OtlpPort))], []);
    }

    // Some controllers run a Gateway's proxy beside the Gateway; such pods carry the label of GEP-1762.
    private void AddGateway()
    {
        if (_context.Settings.Exposure.Has(ExposureKind.GatewayApi))
        {
            var proxies = new LabelSelectorArgs { MatchLabels = WellKnown.GatewayApi.ProxyLabels };
            var entries = _context.Settings.System.Services.Where(service => service.PublicPaths.Count > 0);
            Policy(WellKnown.GatewayApi.GatewayName, WellKnown.GatewayApi.GatewayName, proxies, ["Ingress", "Egress"],
                [Peers.From([])],
                [.. entries.Select(entry => Peers.To([Peers.Pods(entry.Name)], Ports(entry.Port))),
                    .. Arrows.ToTelemetry(_context.Settings)]);
        }
    }

    // While cert-manager proves by HTTP-01 that the host is ours, it runs a pod that the certificate authority must reach (cert-manager
    // pkg/issuer/acme/http: the label, and the port of the solver).
    private void AddSolver()
    {
        if (_context.Settings.Exposure.ClusterIssuer is not null)
        {
            var solvers = new LabelSelectorArgs { MatchLabels = WellKnown.CertManager.SolverLabels };
            Policy("cert-manager-solver", "bookinfo", solvers, ["Ingress"], [Peers.From([], Peers.Tcp(WellKnown.CertManager.SolverPort))],
                []);
            if (_context.Settings.Exposure.Has(ExposureKind.GatewayApi))
            {
                Policy("gateway-to-solver", "bookinfo", new LabelSelectorArgs { MatchLabels = WellKnown.GatewayApi.ProxyLabels },
                    ["Egress"], [],
                    [Peers.To([Peers.Pods(WellKnown.CertManager.SolverLabels)], Peers.Tcp(WellKnown.CertManager.SolverPort))]);
            }
        }
    }

    private NetworkPolicyPortArgs[] Ports(params int[] ports) => Common.Ports(_context.Settings, ports);

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

        _ = new NetworkPolicy(name, new NetworkPolicyArgs { Metadata = _context.Meta(name, app), Spec = spec }, ChildOptions.Of(this));
    }

    private static LabelSelectorArgs Select(string app) => new() { MatchLabels = Labels.Select(app) };
}
