using Bookinfo.Cluster.Components;
using Bookinfo.Cluster.Exposure;
using Bookinfo.Cluster.Mesh;
using Bookinfo.Cluster.Network;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Topology;
using Pulumi;
using Resource = Pulumi.Resource;

namespace Bookinfo.Cluster;

/// <summary>
/// The whole system on a cluster, from the namespace to the ways in. Everything that can be wrong is found before the first resource is
/// asked for.
/// </summary>
public static class BookinfoCluster
{
    /// <summary>Registers the resources with the Pulumi deployment in which it is called.</summary>
    /// <param name="configuration">The stack's configuration.</param>
    /// <returns>The stack's outputs: the namespace, and the URL of each way in.</returns>
    /// <exception cref="SettingsException">The configuration asks for something that cannot be. Nothing has been registered.</exception>
    public static IDictionary<string, object?> Deploy(StackConfiguration configuration)
    {
        var settings = ClusterSettings.Read(configuration, BookinfoSystem.Topology);
        foreach (var warning in Warnings.Of(settings, configuration))
        {
            Log.Warn(warning);
        }

        var rules = settings.Mesh.IsIstio ? TrafficPlan.Make(settings, RuleFolder.Read(settings.Mesh).Rules) : RuleSet.Empty;

        var istio = settings.Mesh.Install ? new IstioInstallation(settings) : null;
        var context = new DeploymentContext(settings, new SystemNamespace(settings).Name, istio?.Ready ?? []);
        _ = new NetworkBoundary(context);
        var outputs = new Dictionary<string, object?> { ["namespace"] = context.Namespace };
        AddTelemetry(context, outputs);

        var database = settings.Database.Kind == DatabaseKind.Postgres ? new Database(context) : null;
        var services = settings.System.Services.ToDictionary(service => service.Name,
            service => new BookServiceComponent(context, service, database, rules));
        AddMesh(context, rules, services);

        var entry = settings.System.Services.First(service => service.PublicPaths.Count > 0);
        foreach (var exposure in settings.Exposure.Kinds.Select(kind => Expose(kind, context, entry, services[entry.Name], rules, istio)))
        {
            outputs[$"{OutputName(exposure.Kind)}Url"] = exposure.Url;
        }

        return outputs;
    }

    private static void AddTelemetry(DeploymentContext context, Dictionary<string, object?> outputs)
    {
        if (context.Settings.Telemetry.Kind == TelemetryKind.Collector)
        {
            var dashboard = new Dashboard(context);
            _ = new Collector(context, dashboard);
            outputs["dashboard"] = context.Namespace.Apply(Dashboard.HowToSee);
            outputs["dashboardToken"] = Output.CreateSecret(dashboard.Token);
        }
    }

    private static void AddMesh(DeploymentContext context, RuleSet rules, Dictionary<string, BookServiceComponent> services)
    {
        if (context.Settings.Mesh.IsIstio)
        {
            _ = new IstioSecurity(context);
            _ = new IstioTelemetry(context);
            _ = new IstioTraffic(context, rules, [.. services.Values.SelectMany(service => service.Workloads)]);
        }

        if (context.Settings.Mesh.IsLinkerd)
        {
            _ = new LinkerdTraffic(context, services.ToDictionary(
                service => service.Key, IReadOnlyList<Resource> (service) => [service.Value.Service, .. service.Value.ReleaseServices]));
        }
    }

    private static IExposure Expose(
        ExposureKind kind, DeploymentContext context, BookService entry, BookServiceComponent component, RuleSet rules,
            IstioInstallation? istio) => kind switch
            {
                ExposureKind.NodePort => new NodePortExposure(context, entry),
                ExposureKind.LoadBalancer => new LoadBalancerExposure(context, entry),
                ExposureKind.Ingress => new IngressExposure(context, entry),
                ExposureKind.GatewayApi => new GatewayApiExposure(context, entry, [component.Service, .. component.ReleaseServices]),
                _ => new IstioGatewayExposure(context, entry, rules, istio),
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
