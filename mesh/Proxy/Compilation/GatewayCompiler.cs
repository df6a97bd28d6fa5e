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
internal sealed class GatewayCompiler(RouteCompiler routes, Caller caller, CompiledHosts compiled, string clusterDomain)
{
    public PortTables Compile(RuleSet rules)
    {
        var ports = new SortedDictionary<int, Dictionary<string, List<Bound>>>();
        foreach (var gateway in rules.Gateways.Where(Serves))
        {
            foreach (var server in gateway.Servers)
            {
                if (!ports.TryGetValue(server.Port.Number, out var byHost))
                {
                    ports[server.Port.Number] = byHost = new Dictionary<string, List<Bound>>(StringComparer.OrdinalIgnoreCase);
                }

                foreach (var service in rules.VirtualServices)
                {
                    Bind(byHost, gateway, server, service);
                }
            }
        }

        return new PortTables(ports.ToDictionary(port => port.Key, port => TableOf(port.Key, port.Value)));
    }

    private VirtualHostTable TableOf(int port, Dictionary<string, List<Bound>> byHost)
    {
        var table = new VirtualHostTable();
        foreach (var (host, bound) in byHost)
        {
            object[] parts = [.. bound.SelectMany(each => (object[])[each.Gateway, each.Service])];
            table.TryAdd(host, compiled.Get(host, port, parts, () => new CompiledHost(parts, HostOf(host, port, bound), [])).Host!);
        }

        return table;
    }

    private VirtualHost HostOf(string host, int port, List<Bound> bound)
    {
        var found = bound.SelectMany(each => RoutesOf(each, port)).ToList();
        var ordered = found.Where(route => !route.Match.IsCatchAll).Concat(found.Where(route => route.Match.IsCatchAll));
        return new VirtualHost($"{host}:{port}", 0, new RouteTable([.. ordered]))
        {
            Rules = [.. bound.Select(each => each.Service)],
            ListenPort = port,
            Gateways = [.. bound.Select(each => NameOf(each.Gateway)).Distinct()],
        };
    }

    private List<Route> RoutesOf(Bound bound, int port)
    {
        string[] gateways = [NameOf(bound.Gateway)];
        return routes.Compile(bound.Service, port,
            match => SourceFilter.Refusal(match, caller, port, gateways, bound.Service.Namespace) is null);
    }

    private static string NameOf(Gateway gateway) => $"{gateway.Namespace}/{gateway.Name}";

    private bool Serves(Gateway gateway) =>
        gateway.Selector.All(label => caller.Workload.Labels.TryGetValue(label.Key, out var value) && value == label.Value);

    private void Bind(Dictionary<string, List<Bound>> byHost, Gateway gateway, Server server, VirtualService service)
    {
        var name = NameOf(gateway);
        if (!service.Gateways.Any(bound => GatewayNames.Full(bound, service.Namespace) == name) ||
            !Visibility.IsVisible(service.ExportTo, service.Namespace, caller.Workload.Namespace))
        {
            return;
        }

        foreach (var host in service.Hosts.Select(host => HostNames.Full(host, service.Namespace, clusterDomain))
            .SelectMany(host => server.Hosts.Select(served =>
                GatewayNames.CommonHost(host, served, gateway.Namespace, service.Namespace))).OfType<string>().Distinct())
        {
            if (!byHost.TryGetValue(host, out var there))
            {
                byHost[host] = there = [];
            }

            there.Add(new Bound(gateway, service));
        }
    }

    /// <summary>A VirtualService that a Gateway lets speak for a host.</summary>
    private sealed record Bound(Gateway Gateway, VirtualService Service);
}
