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
        string clusterDomain)
{
    /// <summary>Istio serves hosts that are no services on port 80 alone.</summary>
    private const int PlainPort = 80;

    private readonly VirtualHostTable _table = new();

    public VirtualHostTable Compile(IReadOnlyList<VirtualService> virtualServices)
    {
        var inMesh = virtualServices.Where(service => IsInMesh(service)
            && Visibility.IsVisible(service.ExportTo, service.Namespace, callerNamespace)).ToList();
        var owners = OwnersByService(inMesh);
        // First: a VirtualService for "reviews.prod" takes that one name from the service reviews, which keeps its others.
        foreach (var (rule, host) in inMesh.SelectMany(rule => rule.Hosts, (rule, host) => (rule, Full(rule, host))))
        {
            if (registry.All.TrueForAll(service => !HostNames.IsWithin(service.Host, host))
                && HostFor(rule, host, PlainPort, null) is { } virtualHost)
            {
                _table.TryAdd(host, virtualHost);
            }
        }

        foreach (var service in registry.All)
        {
            AddService(service, owners.GetValueOrDefault(service.Host));
        }

        return _table;
    }

    private static bool IsInMesh(VirtualService service) =>
        service.Gateways.Count == 0 || service.Gateways.Contains(VirtualService.MeshGateway);

    private string Full(VirtualService rule, string host) => HostNames.Full(host, rule.Namespace, clusterDomain);

    /// <summary>
    /// The VirtualService that speaks for each service: the first that names it, else the one with the most specific wildcard.
    /// </summary>
    private Dictionary<string, VirtualService> OwnersByService(List<VirtualService> rules)
    {
        var exact = new Dictionary<string, VirtualService>(StringComparer.OrdinalIgnoreCase);
        var wildcards = new List<(string Host, VirtualService Rule)>();
        foreach (var (rule, host) in rules.SelectMany(rule => rule.Hosts, (rule, host) => (rule, Full(rule, host))))
        {
            if (host.StartsWith('*'))
            {
                wildcards.Add((host, rule));
            }
            else
            {
                exact.TryAdd(host, rule);
            }
        }

        foreach (var service in registry.All)
        {
            var best = wildcards.Where(wildcard => HostNames.IsWithin(service.Host, wildcard.Host))
                .OrderByDescending(wildcard => wildcard.Host.Length).FirstOrDefault();
            if (best.Rule is not null)
            {
                exact.TryAdd(service.Host, best.Rule);
            }
        }

        return exact;
    }

    private void AddService(Service service, VirtualService? owner)
    {
        var name = $"{service.Host}:{service.Port}";
        var fallback = new RouteTable([routes.Default(service)]);
        var virtualHost = owner is null ? new VirtualHost(name, service.Port, fallback)
            : HostFor(owner, service.Host, service.Port, fallback)!;
        foreach (var domain in service.NamesFor(callerNamespace))
        {
            _table.TryAdd(domain, virtualHost);
        }
    }

    /// <summary>A virtual host with the rule's routes; a caller that none of them is for gets <paramref name="fallback"/>.</summary>
    private VirtualHost? HostFor(VirtualService rule, string host, int port, RouteTable? fallback)
    {
        var name = $"{host}:{port}";
        if (!rule.Http.SelectMany(http => http.Match).Any(SourceFilter.DependsOnCaller))
        {
            var table = TableFor(rule, callers[0], port) ?? fallback;
            return table is null ? null : new VirtualHost(name, port, table) { Rules = [rule] };
        }

        var byCaller = new RouteTable[callerCount];
        foreach (var caller in callers)
        {
            byCaller[caller.Index] = TableFor(rule, caller, port) ?? fallback ?? new RouteTable([]);
        }

        return new VirtualHost(name, port, null, byCaller) { Rules = [rule] };
    }

    private RouteTable? TableFor(VirtualService rule, Caller caller, int port)
    {
        string[] gateways = [VirtualService.MeshGateway];
        var compiled = routes.Compile(rule, port, match => SourceFilter.Refusal(match, caller, port, gateways, rule.Namespace) is null);
        return compiled.Count == 0 ? null : new RouteTable(compiled);
    }
}
