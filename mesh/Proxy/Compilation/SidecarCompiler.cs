using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The virtual hosts for the sidecars of one namespace (<c>route.go: BuildSidecarVirtualHostWrapper; httproute.go:
/// BuildSidecarOutboundVirtualHosts</c>).
/// </summary>
internal sealed class SidecarCompiler(
    ServiceRegistry registry, RouteCompiler routes, IReadOnlyList<Caller> callers, int callerCount, string callerNamespace,
        CompiledHosts compiled, string clusterDomain)
{
    /// <summary>Istio serves hosts that are not services on port 80 only.</summary>
    private const int PlainPort = 80;

    private readonly VirtualHostTable _table = new();

    public VirtualHostTable Compile(IReadOnlyList<VirtualService> virtualServices)
    {
        // A route of the Gateway API that callers have in their own namespace comes before all others
        // (pilot/pkg/model/virtualservice.go: SelectVirtualServices).
        var inMesh = virtualServices.Where(service => IsInMesh(service)
                && Visibility.IsVisible(service.ExportTo, service.Namespace, callerNamespace))
            .OrderBy(service => IsOfGatewayApi(service) && service.Namespace == callerNamespace ? 0 : 1).ToList();
        var owners = OwnersByService(inMesh);
        // First: a VirtualService for "reviews.prod" takes that one name from the service reviews, which keeps its others.
        foreach (var (rule, host) in inMesh.Where(rule => !IsOfGatewayApi(rule))
            .SelectMany(rule => rule.Hosts, (rule, host) => (rule, Full(rule, host))))
        {
            if (!IsOfService(host) && compiled.Get(host, PlainPort, [rule],
                () => new CompiledHost([rule], HostFor([rule], host, PlainPort, null), [])).Host is { } virtualHost)
            {
                _table.TryAdd(host, virtualHost);
            }
        }

        foreach (var service in registry.All)
        {
            AddService(service, owners.GetValueOrDefault(service.Host, []));
        }

        return _table;
    }

    /// <summary>Whether a service has the name, or one that the wildcard stands for.</summary>
    private bool IsOfService(string host) => registry.Find(host) is not null
        || (host.StartsWith('*') && registry.All.Exists(service => HostNames.IsWithin(service.Host, host)));

    private static bool IsInMesh(VirtualService service) =>
        service.Gateways.Count == 0 || service.Gateways.Contains(VirtualService.MeshGateway);

    private static bool IsOfGatewayApi(VirtualService service) => service.Semantics == RouteSemantics.GatewayApi;

    private string Full(VirtualService rule, string host) => HostNames.Full(host, rule.Namespace, clusterDomain);

    /// <summary>
    /// The VirtualServices that may speak for each service: those that name it in their order, then the one with the most specific
    /// wildcard. The first that has a route for the port does.
    /// </summary>
    private Dictionary<string, List<VirtualService>> OwnersByService(List<VirtualService> rules)
    {
        var owners = new Dictionary<string, List<VirtualService>>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new List<(string Host, VirtualService Rule)>();
        foreach (var (rule, host) in rules.SelectMany(rule => rule.Hosts, (rule, host) => (rule, Full(rule, host))))
        {
            if (host.StartsWith('*'))
            {
                wildcards.Add((host, rule));
            }
            else if (SpeaksFor(rule, host))
            {
                OwnersOf(host).Add(rule);
            }
        }

        foreach (var host in registry.All.Select(service => service.Host).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var best = wildcards.Where(wildcard => HostNames.IsWithin(host, wildcard.Host))
                .OrderByDescending(wildcard => wildcard.Host.Length).FirstOrDefault();
            if (best.Rule is not null)
            {
                OwnersOf(host).Add(best.Rule);
            }
        }

        return owners;

        List<VirtualService> OwnersOf(string host) => owners.TryGetValue(host, out var known) ? known : owners[host] = [];
    }

    /// <summary>
    /// A route of the Gateway API holds for the callers of its namespace or for the services of it
    /// (<c>route.go: buildSidecarVirtualHostsForVirtualService</c>).
    /// </summary>
    private bool SpeaksFor(VirtualService rule, string host) => !IsOfGatewayApi(rule) || rule.Namespace == callerNamespace
        || registry.Find(host)?.Any(service => service.Namespace == rule.Namespace) == true;

    private void AddService(Service service, List<VirtualService> owners)
    {
        var host = compiled.Get(service.Host, service.Port, [service, .. owners], () => Compile(service, owners));
        foreach (var domain in host.Domains)
        {
            _table.TryAdd(domain, host.Host!);
        }
    }

    private CompiledHost Compile(Service service, List<VirtualService> owners)
    {
        if (service.IsTcp)
        {
            // Istio has a listener for bytes there, without routes (pilot/pkg/networking/core/listener.go: buildSidecarOutboundListener).
            var plain = new VirtualHost($"{service.Host}:{service.Port}", service.Port, new RouteTable([routes.Plain(service)]))
            {
                IsTcp = true,
            };
            return new CompiledHost([service, .. owners], plain, [.. service.NamesFor(callerNamespace)]);
        }

        var fallback = new RouteTable([routes.Default(service)]);
        var virtualHost = owners.Count == 0 ? new VirtualHost($"{service.Host}:{service.Port}", service.Port, fallback)
            : HostFor(owners, service.Host, service.Port, fallback);
        return new CompiledHost([service, .. owners], virtualHost, [.. service.NamesFor(callerNamespace)]);
    }

    /// <summary>
    /// A virtual host with the routes of the first rule that has some; a caller that none of them is for gets <paramref name="fallback"/>.
    /// </summary>
    private VirtualHost? HostFor(IReadOnlyList<VirtualService> rules, string host, int port, RouteTable? fallback)
    {
        var name = $"{host}:{port}";
        if (!rules.SelectMany(rule => rule.Http).SelectMany(http => http.Match).Any(SourceFilter.DependsOnCaller))
        {
            var (table, looked) = TableFor(rules, callers[0], port);
            table ??= fallback;
            return table is null ? null : new VirtualHost(name, port, table) { Rules = [.. rules.Take(looked)] };
        }

        var byCaller = new RouteTable[callerCount];
        var most = 0;
        foreach (var caller in callers)
        {
            var (table, looked) = TableFor(rules, caller, port);
            byCaller[caller.Index] = table ?? fallback ?? new RouteTable([]);
            most = Math.Max(most, looked);
        }

        return new VirtualHost(name, port, null, byCaller) { Rules = [.. rules.Take(most)] };
    }

    /// <summary>The routes of the first rule that has some, and how many rules were looked at for them.</summary>
    private (RouteTable? Table, int Looked) TableFor(IReadOnlyList<VirtualService> rules, Caller caller, int port)
    {
        string[] gateways = [VirtualService.MeshGateway];
        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            var compiled = routes.Compile(rule, port,
                match => SourceFilter.Refusal(match, caller, port, gateways, rule.Namespace) is null);
            if (compiled.Count > 0)
            {
                return (new RouteTable(compiled), i + 1);
            }
        }

        return (null, rules.Count);
    }
}
