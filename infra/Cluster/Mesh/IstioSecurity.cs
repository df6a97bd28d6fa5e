using Bookinfo.Cluster.LoadBalancers;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Mesh;

/// <summary>
/// Which workloads can call which, by identity: mutual TLS everywhere, and then only the arrows of the topology. Where a way in goes past
/// the mesh's own gateway, only the page's port also takes plain requests, and from strangers only the public paths.
/// </summary>
internal sealed class IstioSecurity : ComponentResource
{
    private const string ApiVersion = "security.istio.io/v1";

    private readonly DeploymentContext _context;

    public IstioSecurity(DeploymentContext context)
        : base("bookinfo:cluster:MeshSecurity", "mesh-security")
    {
        _context = context;
        Add("PeerAuthentication", "default", "bookinfo", new() { ["mtls"] = Map(("mode", "STRICT")) });
        // ALLOW without a rule lets no caller in. The policies below add to it.
        Add("AuthorizationPolicy", "allow-nothing", "bookinfo", []);
        foreach (var service in context.Settings.System.Services)
        {
            var rules = Rules(service);
            if (rules.Count > 0)
            {
                Allow(service.Name, rules);
            }

            if (service.PublicPaths.Count > 0 && context.Settings.Exposure.PastTheMesh)
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
        var callers = _context.Settings.System.CallersOf(service.Name).Select(Principal).ToList();
        if (callers.Count > 0)
        {
            rules.Add(Map(("from", From(callers)), ("to", To(("ports", Texts($"{service.Port}"))))));
        }

        var exposure = _context.Settings.Exposure;
        if (service.PublicPaths.Count > 0 && exposure.Kinds.Count > 0)
        {
            List<string> paths = [.. service.PublicPaths.Select(path => path.Prefix ? $"{path.Path}*" : path.Path)];
            if (CloudAnnotations.HealthPath(exposure) is { } health)
            {
                // Refused, it would take every target for broken.
                paths.Add(health);
            }

            var rule = Map(("to", To(("ports", Texts($"{service.Port}")), ("paths", Texts([.. paths])))));
            if (!exposure.PastTheMesh)
            {
                rule["from"] = From([Principal(_context.Settings.Mesh.GatewayNamespace, _context.Settings.Mesh.GatewayName)]);
            }

            rules.Add(rule);
        }

        return rules;
    }

    private void AllowOwnHelpers()
    {
        var settings = _context.Settings;
        if (settings.Database.Kind == DatabaseKind.Postgres)
        {
            var clients = settings.System.Services.Where(service => service.Releases.Any(release => release.NeedsDatabase)).ToList();
            AllowFrom(WellKnown.Database.AppName, clients.Select(client => WellKnown.Account(client.Name)), WellKnown.Database.Port);
        }

        if (settings.Telemetry.Kind == TelemetryKind.Collector)
        {
            // The sidecars send spans in the name of their pods; the gateway in its own.
            var senders = settings.System.Services.Select(Principal)
                .Append(Principal(settings.Mesh.GatewayNamespace, settings.Mesh.GatewayName));
            if (settings.Exposure is { GatewayClass: "istio" } exposure && exposure.Has(ExposureKind.GatewayApi))
            {
                senders = senders.Append(Principal(settings.Namespace, WellKnown.GatewayApi.ProxyAccount(exposure)));
            }

            Allow(WellKnown.Collector.AppName,
                [Map(("from", From(senders)),
                    ("to", To(("ports", Texts($"{WellKnown.Collector.GrpcPort}", $"{WellKnown.Collector.HttpPort}")))))]);
            AllowFrom(WellKnown.Dashboard.AppName, [WellKnown.Account(WellKnown.Collector.AppName)], WellKnown.Dashboard.OtlpPort);
        }
    }

    // Istio runs the proxy of a Gateway API's Gateway in this namespace, where no other caller is let in. What it hands on, the page's own
    // policy judges.
    private void AllowGatewayProxy()
    {
        if (_context.Settings.Exposure.Has(ExposureKind.GatewayApi))
        {
            Add("AuthorizationPolicy", "gateway-api", WellKnown.GatewayApi.GatewayName, new()
            {
                ["targetRefs"] = new object[]
                {
                    Map(("group", "gateway.networking.k8s.io"), ("kind", "Gateway"), ("name", WellKnown.GatewayApi.GatewayName)),
                },
                ["action"] = "ALLOW",
                ["rules"] = new object[] { Map() },
            });
        }
    }

    private void AllowFrom(string app, IEnumerable<string> accounts, int port)
    {
        List<string> principals = [.. accounts.Select(account => Principal(_context.Settings.Namespace, account))];
        if (principals.Count > 0)
        {
            Allow(app, [Map(("from", From(principals)), ("to", To(("ports", Texts($"{port}")))))]);
        }
    }

    private void Allow(string app, List<object> rules) =>
        Add("AuthorizationPolicy", app, app, new() { ["selector"] = Select(app), ["action"] = "ALLOW", ["rules"] = rules.ToArray() });

    private void Add(string kind, string name, string app, InputMap<object> spec) =>
        _ = new Manifest($"{name}-{kind}", new ManifestArgs(ApiVersion, kind) { Metadata = _context.Meta(name, app), Spec = spec },
            ChildOptions.Of(this, _context.MeshReady));

    private string Principal(BookService service) => Principal(_context.Settings.Namespace, WellKnown.Account(service.Name));

    private string Principal(string space, string account) => $"{_context.Settings.Mesh.TrustDomain}/ns/{space}/sa/{account}";

    private static Dictionary<string, object> Select(string app) => Map(("matchLabels", Map(("app", app))));

    private static object[] From(IEnumerable<string> principals) => [Map(("source", Map(("principals", Texts([.. principals])))))];

    private static object[] To(params (string, object)[] operation) => [Map(("operation", Map(operation)))];

    private static object[] Texts(params string[] texts) => [.. texts];
}
