using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Finds where the rules of a VirtualService hold: at each of its Gateways and in the mesh, on all ports or on some. Places with the same
/// rules are one route's parents.
/// </summary>
/// <param name="service">The VirtualService.</param>
/// <param name="backends">Finds the Services of hosts.</param>
internal sealed class ContextFinder(VirtualService service, BackendServices backends)
{
    /// <summary>The places.</summary>
    /// <exception cref="RefusalException">A host of the mesh is not one of a Service.</exception>
    public IReadOnlyList<RouteContext> Find()
    {
        var gateways = service.Gateways.Count == 0 ? [VirtualService.MeshGateway]
            : service.Gateways.Select(name => GatewayNames.Full(name, service.Namespace)).Distinct().ToList();
        var places = gateways.SelectMany(gateway => PortsOf(gateway).SelectMany(port => Parents(gateway, port)
            .Select(parent => (Parent: parent, Rules: RulesFor(gateway, port))))).Where(place => place.Rules.Count > 0).ToList();
        var contexts = new List<RouteContext>();
        foreach (var group in places.GroupBy(place => (place.Parent.Namespace, Key(place.Rules))))
        {
            contexts.Add(new RouteContext(
                contexts.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{contexts.Count + 1:00}"), group.Key.Namespace,
                [.. group.Select(place => place.Parent.Reference)],
                group.Any(place => place.Parent.IsGateway) ? Hostnames() : [],
                group.First().Rules));
        }

        return contexts;
    }

    private static string Key(IReadOnlyList<ContextRule> rules) => string.Join(';',
        rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Index}:{string.Join(',', rule.Matches)}")));

    /// <summary>The ports for which the rules differ; null for all of them.</summary>
    private IReadOnlyList<int?> PortsOf(string gateway)
    {
        var named = service.Http.SelectMany(rule => rule.Match).Where(match => IsFor(match, gateway))
            .Select(match => match.Port).OfType<int>().Where(port => port != 0).Distinct().ToList();
        var others = gateway == VirtualService.MeshGateway
            ? service.Hosts.Select(host => backends.Full(host, service.Namespace)).SelectMany(backends.PortsOf) : [];
        return named.Count == 0 ? [null] : [.. named.Concat(others).Distinct().Select(port => (int?)port)];
    }

    private bool IsFor(HttpMatchRequest match, string gateway) => match.Gateways.Count == 0
        || match.Gateways.Any(name => GatewayNames.Full(name, service.Namespace) == gateway);

    private List<ContextRule> RulesFor(string gateway, int? port)
    {
        var rules = new List<ContextRule>();
        for (var i = 0; i < service.Http.Count; i++)
        {
            var rule = service.Http[i];
            var matches = Enumerable.Range(0, rule.Match.Count)
                .Where(m => IsFor(rule.Match[m], gateway) && (rule.Match[m].Port is null or 0 || rule.Match[m].Port == port)).ToList();
            if (rule.Match.Count == 0 || matches.Count > 0)
            {
                rules.Add(new ContextRule(i, rule, matches));
            }
        }

        return rules;
    }

    private IEnumerable<(Api.ParentReference Reference, string Namespace, bool IsGateway)> Parents(string gateway, int? port)
    {
        if (gateway == VirtualService.MeshGateway)
        {
            return service.Hosts.Select((host, i) => (Service(host, i, port), NamespaceOf(host), false)).DistinctBy(each => each.Item1);
        }

        var parts = gateway.Split('/', 2);
        var reference = new Api.ParentReference
        {
            Name = parts[1],
            Namespace = parts[0] == service.Namespace ? null : parts[0],
            Port = port,
        };
        return [(reference, service.Namespace, true)];
    }

    /// <summary>The Service's namespace: a route there holds for all callers, as the VirtualService does.</summary>
    private string NamespaceOf(string host)
    {
        var full = backends.Full(host, service.Namespace);
        return backends.Find(full)?.Namespace ?? backends.FindEntry(full)?.Namespace ?? service.Namespace;
    }

    private Api.ParentReference Service(string host, int index, int? port)
    {
        var full = backends.Full(host, service.Namespace);
        if (backends.Find(full) is { } known)
        {
            return new Api.ParentReference { Group = "", Kind = "Service", Name = known.Name, Port = port };
        }

        var path = string.Create(CultureInfo.InvariantCulture, $"spec.hosts[{index}]");
        if (backends.FindEntry(full) is not { } entry)
        {
            throw new RefusalException(path, $"{host} is neither a Service nor a ServiceEntry's host, which a route could be attached to",
                "name a Service that exists");
        }

        return entry.Hosts.Except(service.Hosts).Any()
            ? throw new RefusalException(path,
                $"ServiceEntry {entry.Name} has other hosts beside {host}, and a route holds for all of them",
                "make a ServiceEntry for this host")
            : new Api.ParentReference { Group = "networking.istio.io", Kind = "ServiceEntry", Name = entry.Name, Port = port };
    }

    private List<string> Hostnames()
    {
        var hosts = service.Hosts.Select(host => backends.Full(host, service.Namespace)).Distinct().ToList();
        return hosts.Contains("*") ? [] : hosts;
    }
}
