using Bookinfo.Cluster.Components;
using Bookinfo.Cluster.Exposure;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;
using static Bookinfo.Cluster.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// Who may speak to whom, by identity: mutual TLS everywhere, and then only the arrows of the topology. Where a way in goes past the mesh's own gateway,
/// the page's port alone also takes plain requests, and from strangers only the public paths.
/// </summary>
internal sealed class IstioSecurity : ComponentResource
{
    private const string ApiVersion = "security.istio.io/v1";

    private readonly Place _place;

    public IstioSecurity(Place place)
        : base("bookinfo:cluster:MeshSecurity", "mesh-security")
    {
        _place = place;
        Add("PeerAuthentication", "default", "bookinfo", new() { ["mtls"] = Map(("mode", "STRICT")) });
        // ALLOW without a rule: nobody. The policies below are added to it.
        Add("AuthorizationPolicy", "allow-nothing", "bookinfo", []);
        foreach (var service in place.Settings.System.Services)
        {
            var rules = Rules(service);
            if (rules.Count > 0)
            {
                Allow(service.Name, rules);
            }

            if (service.PublicPaths.Count > 0 && place.Settings.Exposure.PastTheMesh)
            {
                Add("PeerAuthentication", service.Name, service.Name, new()
                {
                    ["selector"] = Select(service.Name),
                    ["mtls"] = Map(("mode", "STRICT")),
                    ["portLevelMtls"] = Map(($"{service.Port}", Map(("mode", "PERMISSIVE")))),
                });
            }
        }

        AllowOwnHelpers();
        AllowGatewayProxy();
        RegisterOutputs();
    }

    private List<object> Rules(BookService service)
    {
        List<object> rules = [];
        var callers = _place.Settings.System.CallersOf(service.Name).Select(Principal).ToList();
        if (callers.Count > 0)
        {
            rules.Add(Map(("from", From(callers)), ("to", To(("ports", Texts($"{service.Port}"))))));
        }

        var exposure = _place.Settings.Exposure;
        if (service.PublicPaths.Count > 0 && exposure.Kinds.Count > 0)
        {
            List<string> paths = [.. service.PublicPaths.Select(path => path.Prefix ? $"{path.Path}*" : path.Path)];
            if (exposure.Has(ExposureKind.LoadBalancer) && CloudAnnotations.HealthPath(exposure.LoadBalancer) is { } health)
            {
                // Refused, it would take every target for broken.
                paths.Add(health);
            }

            var rule = Map(("to", To(("ports", Texts($"{service.Port}")), ("paths", Texts([.. paths])))));
            if (!exposure.PastTheMesh)
            {
                rule["from"] = From([Principal(_place.Settings.Mesh.GatewayNamespace, _place.Settings.Mesh.GatewayName)]);
            }

            rules.Add(rule);
        }

        return rules;
    }

    private void AllowOwnHelpers()
    {
        var settings = _place.Settings;
        if (settings.Database.Kind == DatabaseKind.Postgres)
        {
            var clients = settings.System.Services.Where(service => service.Releases.Any(release => release.NeedsDatabase)).ToList();
            AllowFrom(Database.AppName, clients.Select(BookServiceComponent.AccountName), Database.Port);
        }

        if (settings.Telemetry.Kind == TelemetryKind.Collector)
        {
            // The sidecars send spans in the name of their pods; the gateway in its own.
            var senders = settings.System.Services.Select(Principal).Append(Principal(settings.Mesh.GatewayNamespace, settings.Mesh.GatewayName));
            Allow(Collector.AppName, [Map(("from", From(senders)), ("to", To(("ports", Texts($"{Collector.GrpcPort}", $"{Collector.HttpPort}")))))]);
            AllowFrom(Dashboard.AppName, [Collector.AccountName], Dashboard.OtlpPort);
        }
    }

    // Istio runs the proxy of a Gateway API's Gateway in this namespace, where nobody is let in otherwise. What it hands on, the page's own policy judges.
    private void AllowGatewayProxy()
    {
        if (_place.Settings.Exposure.Has(ExposureKind.GatewayApi))
        {
            Add("AuthorizationPolicy", "gateway-api", GatewayApiExposure.GatewayName, new()
            {
                ["targetRefs"] = new object[] { Map(("group", "gateway.networking.k8s.io"), ("kind", "Gateway"), ("name", GatewayApiExposure.GatewayName)) },
                ["action"] = "ALLOW",
                ["rules"] = new object[] { Map() },
            });
        }
    }

    private void AllowFrom(string app, IEnumerable<string> accounts, int port)
    {
        List<string> principals = [.. accounts.Select(account => Principal(_place.Settings.Namespace, account))];
        if (principals.Count > 0)
        {
            Allow(app, [Map(("from", From(principals)), ("to", To(("ports", Texts($"{port}")))))]);
        }
    }

    private void Allow(string app, List<object> rules) =>
        Add("AuthorizationPolicy", app, app, new() { ["selector"] = Select(app), ["action"] = "ALLOW", ["rules"] = rules.ToArray() });

    private void Add(string kind, string name, string app, InputMap<object> spec) =>
        _ = new Manifest($"{name}-{kind}", new ManifestArgs(ApiVersion, kind) { Metadata = _place.Meta(name, app), Spec = spec }, Child.Of(this, _place.MeshReady));

    private string Principal(BookService service) => Principal(_place.Settings.Namespace, BookServiceComponent.AccountName(service));

    private string Principal(string space, string account) => $"{_place.Settings.Mesh.TrustDomain}/ns/{space}/sa/{account}";

    private static Dictionary<string, object> Select(string app) => Map(("matchLabels", Map(("app", app))));

    private static object[] From(IEnumerable<string> principals) => [Map(("source", Map(("principals", Texts([.. principals])))))];

    private static object[] To(params (string, object)[] operation) => [Map(("operation", Map(operation)))];

    private static object[] Texts(params string[] texts) => [.. texts];
}
