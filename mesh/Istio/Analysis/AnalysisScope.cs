namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>The rules and what runs, with what every analysis looks up.</summary>
internal sealed class AnalysisScope
{
    private readonly Dictionary<string, string> _services;
    private readonly HashSet<string> _entries;
    private readonly Prefixes<ServiceEntry> _wildcardEntries = new();
    private readonly Dictionary<string, List<DestinationRule>> _rules;

    public AnalysisScope(RuleSet rules, KnownServices known)
    {
        Rules = rules;
        Known = known;
        _services = known.ServiceNames.Distinct().ToDictionary(name => HostNames.Full(name, known.Namespace, known.ClusterDomain), StringComparer.Ordinal);
        var hosts = rules.ServiceEntries.SelectMany(entry => entry.Hosts.Select(host => (Host: Full(host, entry), Entry: entry))).ToList();
        _entries = hosts.Select(each => each.Host).ToHashSet(StringComparer.Ordinal);
        foreach (var (host, entry) in hosts.Where(each => HostNames.IsWildcard(each.Host)))
        {
            _wildcardEntries.Add(HostNames.Reversed(host[1..]), entry);
        }

        _rules = rules.DestinationRules.GroupBy(rule => Full(rule.Host, rule)).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        WildcardRules = [.. _rules.Where(each => HostNames.IsWildcard(each.Key)).OrderByDescending(each => each.Key.Length).Select(each => (each.Key, each.Value))];
        Destinations = [.. rules.VirtualServices.SelectMany(Destination.Of)];
    }

    public RuleSet Rules { get; }

    public KnownServices Known { get; }

    /// <summary>Every destination that a route or a mirror names.</summary>
    public IReadOnlyList<Destination> Destinations { get; }

    /// <summary>The DestinationRules of each host.</summary>
    public IReadOnlyDictionary<string, List<DestinationRule>> RulesByHost => _rules;

    private IReadOnlyList<(string Host, List<DestinationRule> Rules)> WildcardRules { get; }

    /// <summary>A host as the resource that names it means it.</summary>
    public string Full(string host, Resource resource) => HostNames.Full(host, resource.Namespace, Known.ClusterDomain);

    /// <summary>The short name of the known service with this full name.</summary>
    public string? Service(string full) => _services.GetValueOrDefault(full);

    public bool IsServed(string full) => _services.ContainsKey(full) || IsServiceEntry(full);

    public bool IsServiceEntry(string full) => _entries.Contains(full) || _wildcardEntries.TryFind(HostNames.Reversed(full), out _);

    /// <summary>Whether a wildcard stands for any host that is served.</summary>
    public bool ServesAnyOf(string wildcard) =>
        _services.Keys.Any(name => HostNames.IsWithin(name, wildcard)) || _entries.Any(name => HostNames.IsWithin(name, wildcard) || HostNames.IsWithin(wildcard, name));

    /// <summary>The DestinationRules for a host: its own, or those of the longest wildcard that covers it (<c>pilot/pkg/model/push_context.go: destinationRule</c>).</summary>
    public IReadOnlyList<DestinationRule> RulesFor(string full) =>
        _rules.TryGetValue(full, out var own) ? own : WildcardRules.FirstOrDefault(each => HostNames.IsWithin(full, each.Host)).Rules ?? [];

    /// <summary>What was probably meant by a host that nobody serves, as the resource should write it.</summary>
    public string? Meant(string host, Resource resource)
    {
        var first = host.Split('.')[0];
        var name = Known.ServiceNames.Contains(first) ? first
            : Messages.Nearest(host, Known.ServiceNames.Concat(_entries)) ?? Messages.Nearest(first, Known.ServiceNames);
        return name is null || !Known.ServiceNames.Contains(name) || resource.Namespace == Known.Namespace
            ? name
            : HostNames.Full(name, Known.Namespace, Known.ClusterDomain);
    }

    /// <summary>The names to choose from, where nothing is near.</summary>
    public string ServedNames() => Known.ServiceNames.Count == 0 ? "there are no services" : $"there are {Messages.AllOf(Known.ServiceNames.Order(StringComparer.Ordinal))}";
}
