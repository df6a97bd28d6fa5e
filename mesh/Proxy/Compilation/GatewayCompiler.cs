using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>
/// The virtual hosts of the ingress gateway: the hosts that a Gateway serves and a VirtualService bound to it has in common.
/// VirtualServices for one host are joined, those routes that take everything last. The routes of each port stay that port's
/// (<c>pilot/pkg/networking/core/gateway.go: buildGatewayHTTPRouteConfig</c>, asked once for each port).
/// </summary>
internal sealed class GatewayCompiler(RouteCompiler routes, Caller caller, string clusterDomain)
{
    public PortTables Compile(RuleSet rules)
    {
        var ports = new SortedDictionary<int, Dictionary<string, Bound>>();
        foreach (var gateway in rules.Gateways.Where(Serves))
        {
            foreach (var server in gateway.Servers)
            {
                if (!ports.TryGetValue(server.Port.Number, out var byHost))
                {
                    ports[server.Port.Number] = byHost = new Dictionary<string, Bound>(StringComparer.OrdinalIgnoreCase);
                }

                foreach (var service in rules.VirtualServices)
                {
                    AddRoutes(byHost, gateway, server, service);
                }
            }
        }

        return new PortTables(ports.ToDictionary(port => port.Key, port => TableOf(port.Key, port.Value)));
    }

    private static VirtualHostTable TableOf(int port, Dictionary<string, Bound> byHost)
    {
        var table = new VirtualHostTable();
        foreach (var (host, found) in byHost)
        {
            var ordered = found.Routes.Where(route => !route.Match.IsCatchAll).Concat(found.Routes.Where(route => route.Match.IsCatchAll));
            table.TryAdd(host, new VirtualHost($"{host}:{port}", 0, new RouteTable([.. ordered]))
            {
                Rules = found.Rules,
                ListenPort = port,
                Gateways = [.. found.Gateways],
            });
        }

        return table;
    }

    private bool Serves(Gateway gateway) =>
        gateway.Selector.All(label => caller.Workload.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private void AddRoutes(Dictionary<string, Bound> byHost, Gateway gateway, Server server, VirtualService service)
    {
        var name = $"{gateway.Namespace}/{gateway.Name}";
        if (!service.Gateways.Any(bound => GatewayNames.Full(bound, service.Namespace) == name) ||
            !Visibility.IsVisible(service.ExportTo, service.Namespace, caller.Workload.Namespace))
        {
            return;
        }

        var hosts = service.Hosts.Select(host => HostNames.Full(host, service.Namespace, clusterDomain))
            .SelectMany(host => server.Hosts.Select(served => Common(host, served, gateway, service))).OfType<string>().Distinct().ToList();
        if (hosts.Count == 0)
        {
            return;
        }

        var compiled = routes.Compile(service, server.Port.Number,
            match => SourceFilter.Refusal(match, caller, server.Port.Number, [name], service.Namespace) is null);
        foreach (var host in hosts)
        {
            if (!byHost.TryGetValue(host, out var there))
            {
                byHost[host] = there = new Bound();
            }

            there.Routes.AddRange(compiled);
            there.Rules.Add(service);
            there.Gateways.Add(name);
        }
    }

    /// <summary>What is bound to one host.</summary>
    private sealed class Bound
    {
        public List<Route> Routes { get; } = [];

        public List<VirtualService> Rules { get; } = [];

        public HashSet<string> Gateways { get; } = [];
    }

    /// <summary>
    /// The narrower of the VirtualService's host and the server's, where the server lets the VirtualService's namespace in.
    /// </summary>
    private static string? Common(string host, string served, Gateway gateway, VirtualService service)
    {
        var slash = served.IndexOf('/');
        var (@namespace, pattern) = slash < 0 ? ("*", served) : (served[..slash], served[(slash + 1)..]);
        if (@namespace != "*" && (@namespace == "." ? gateway.Namespace : @namespace) != service.Namespace)
        {
            return null;
        }

        return HostNames.IsWithin(host, pattern) ? host : HostNames.IsWithin(pattern, host) ? pattern : null;
    }
}
