using Bookinfo.Cluster.Components;
using Bookinfo.Cluster.Exposure;
using Bookinfo.Cluster.Mesh;
using Bookinfo.Cluster.Network;
using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Mesh.Istio;
using Bookinfo.Topology;
using Pulumi;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster;

/// <summary>The whole system on a cluster, from the namespace to the ways in. Everything that can be wrong is found before the first resource is asked for.</summary>
public static class BookinfoCluster
{
    /// <summary>Registers the resources with the Pulumi deployment in which it is called.</summary>
    /// <param name="configuration">The stack's configuration.</param>
    /// <returns>The stack's outputs: the namespace, and the URL of each way in.</returns>
    /// <exception cref="SettingsException">The configuration asks for something that cannot be. Nothing has been registered.</exception>
    public static IDictionary<string, object?> Deploy(StackConfiguration configuration)
    {
        var settings = ClusterSettings.Read(configuration, BookinfoSystem.Topology);
        var rules = settings.Mesh.IsIstio ? TrafficPlan.Make(settings, RuleFolder.Read(settings.Mesh).Rules) : RuleSet.Empty;

        var istio = settings.Mesh.Install ? new IstioInstallation(settings) : null;
        var place = new Place(settings, new SystemNamespace(settings).Name, istio?.Ready ?? []);
        _ = new NetworkBoundary(place);
        var outputs = new Dictionary<string, object?> { ["namespace"] = place.Namespace };
        AddTelemetry(place, outputs);

        var database = settings.Database.Kind == DatabaseKind.Postgres ? new Database(place) : null;
        var services = settings.System.Services.ToDictionary(service => service.Name, service => new BookServiceComponent(place, service, database));
        AddMesh(place, rules, services);

        var entry = settings.System.Services.First(service => service.PublicPaths.Count > 0);
        foreach (var exposure in settings.Exposure.Kinds.Select(kind => Expose(kind, place, entry, services[entry.Name], rules, istio)))
        {
            outputs[$"{OutputName(exposure.Kind)}Url"] = exposure.Url;
        }

        return outputs;
    }

    private static void AddTelemetry(Place place, Dictionary<string, object?> outputs)
    {
        if (place.Settings.Telemetry.Kind == TelemetryKind.Collector)
        {
            var dashboard = new Dashboard(place);
            _ = new Collector(place, dashboard);
            outputs["dashboard"] = place.Namespace.Apply(Dashboard.HowToSee);
            outputs["dashboardToken"] = Output.CreateSecret(dashboard.Token);
        }
    }

    private static void AddMesh(Place place, RuleSet rules, Dictionary<string, BookServiceComponent> services)
    {
        if (place.Settings.Mesh.IsIstio)
        {
            _ = new IstioSecurity(place);
            _ = new IstioTelemetry(place);
            _ = new IstioTraffic(place, rules);
        }

        if (place.Settings.Mesh.IsLinkerd)
        {
            _ = new LinkerdTraffic(place, services.ToDictionary(
                service => service.Key, IReadOnlyList<Resource> (service) => [service.Value.Service, .. service.Value.ReleaseServices]));
        }
    }

    private static IExposure Expose(
        ExposureKind kind, Place place, BookService entry, BookServiceComponent component, RuleSet rules, IstioInstallation? istio) => kind switch
        {
            ExposureKind.NodePort => new NodePortExposure(place, entry),
            ExposureKind.LoadBalancer => new LoadBalancerExposure(place, entry),
            ExposureKind.Ingress => new IngressExposure(place, entry),
            ExposureKind.GatewayApi => new GatewayApiExposure(place, entry, [component.Service, .. component.ReleaseServices]),
            _ => new IstioGatewayExposure(place, entry, rules, istio),
        };

    private static string OutputName(ExposureKind kind) => kind switch
    {
        ExposureKind.NodePort => "nodePort",
        ExposureKind.LoadBalancer => "loadBalancer",
        ExposureKind.Ingress => "ingress",
        ExposureKind.GatewayApi => "gatewayApi",
        _ => "istioGateway",
    };
}
