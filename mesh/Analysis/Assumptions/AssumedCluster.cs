using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Assumptions;

/// <summary>
/// The cluster that rules are asked about when there is none: what is known of it, and what the rules name beside that. Rules that are
/// tested alone name services and gateways whose own files are elsewhere.
/// </summary>
/// <param name="Options">Services, pods and gateway.</param>
/// <param name="Rules">The rules, with the gateways that had to be assumed.</param>
/// <param name="Notes">What had to be assumed, in sentences.</param>
public sealed record AssumedCluster(MeshOptions Options, RuleSet Rules, IReadOnlyList<string> Notes)
{
    private const int PlainPort = 80;

    // Nothing is opened and nothing is called, so one address does for all.
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    /// <summary>Completes what is known of a cluster.</summary>
    /// <param name="known">What is known.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="callers">Who will be asked for.</param>
    public static AssumedCluster Complete(MeshOptions known, RuleSet rules, params IEnumerable<CallerSelector> callers)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(callers);
        var notes = new List<string>();
        var services = MissingServices(known, rules).ToList();
        notes.AddRange(services.Select(service =>
            $"{service.Name}.{service.Namespace}.svc.{known.ClusterDomain}:{service.Port} is taken to exist, because a rule routes to it"));
        var gateways = MissingGateways(rules).ToList();
        notes.AddRange(gateways.Select(gateway =>
            $"Gateway {gateway.Namespace}/{gateway.Name} is not among the rules; it is taken to serve every host on port {PlainPort}"));
        var options = known with
        {
            Services = [.. known.Services, .. services],
            Pods =
            [
                .. known.Pods.Select(pod => pod with { Outbound = pod.Outbound ?? Nowhere }),
                .. callers.Where(caller => caller.Name is null).DistinctBy(caller => caller.MeshName).Select(Pod),
            ],
            Gateway = known.Gateway ?? Nowhere,
        };
        return new AssumedCluster(options, rules with { Gateways = [.. rules.Gateways, .. gateways] }, notes);
    }

    /// <summary>Compiles the rules.</summary>
    /// <exception cref="Proxy.Compilation.RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public OfflineMesh Compile() => OfflineMesh.Compile(Options, Rules);

    /// <summary>A pod without a name of its own. It serves nothing: its app is empty, whatever its labels are.</summary>
    private static Pod Pod(CallerSelector caller) =>
        new(caller.MeshName, new Workload(caller.MeshName, "", "", caller.Labels, caller.Namespace), Nowhere, Nowhere);

    private static IEnumerable<MeshService> MissingServices(MeshOptions known, RuleSet rules)
    {
        var entries = rules.ServiceEntries.SelectMany(entry => entry.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var seen = known.Services.Select(service => (service.Name, service.Namespace)).ToHashSet();
        var wanted = rules.VirtualServices.SelectMany(rule => rule.Http
                .SelectMany(http => Destinations(http).Select(destination => (Destination: destination, rule.Namespace))))
            .Where(each => !entries.Contains(each.Destination.Host))
            .Select(each => (Service: ServiceOf(each.Destination.Host, each.Namespace, known.ClusterDomain), each.Destination.Port))
            .Where(each => each.Service is not null && !seen.Contains(each.Service.Value))
            .ToList();
        return wanted.GroupBy(each => each.Service!.Value).SelectMany(service => service.Select(each => each.Port ?? PlainPort).Distinct()
            .Select(port => new MeshService(service.Key.Name, port, Namespace: service.Key.Namespace)));
    }

    private static IEnumerable<Destination> Destinations(HttpRoute rule) =>
    [
        .. rule.Route.Select(route => route.Destination),
        .. rule.Mirrors.Select(mirror => mirror.Destination),
        .. rule.Mirror is null ? [] : new[] { rule.Mirror },
    ];

    /// <summary>The Kubernetes service that a host names; null where it is not named like one.</summary>
    private static (string Name, string Namespace)? ServiceOf(string host, string ruleNamespace, string clusterDomain)
    {
        var full = HostNames.Full(host, ruleNamespace, clusterDomain).ToLowerInvariant();
        return !HostNames.IsWildcard(full) && HostNames.NamespaceOf(full, clusterDomain) is { } @namespace
            ? (full.Split('.')[0], @namespace)
            : null;
    }

    private static IEnumerable<Gateway> MissingGateways(RuleSet rules)
    {
        var there = rules.Gateways.Select(gateway => $"{gateway.Namespace}/{gateway.Name}").ToHashSet();
        return rules.VirtualServices
            .SelectMany(rule => rule.Gateways.Concat(rule.Http.SelectMany(http => http.Match).SelectMany(match => match.Gateways))
                .Where(name => name != VirtualService.MeshGateway).Select(name => GatewayNames.Full(name, rule.Namespace)))
            .Distinct()
            .Where(name => !there.Contains(name))
            .Select(name => name.Split('/', 2))
            .Select(name => new Gateway
            {
                Metadata = new Metadata { Name = name[1], Namespace = name[0] },
                Servers =
                [
                    new Server { Port = new Port { Number = PlainPort, Name = "http", Protocol = "HTTP" }, Hosts = ["*/*"] },
                ],
            });
    }
}
