using System.Collections.Concurrent;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>The rules and what runs, with what every analysis looks up.</summary>
internal sealed class AnalysisScope
{
    /// <summary>How many names a message lists.</summary>
    private const int MostNames = 12;

    private readonly Dictionary<string, KnownHost> _hosts;
    private readonly List<string> _wildcardHosts;
    private readonly ILookup<string, ServiceEntry> _entries;
    private readonly Prefixes<string> _wildcardEntries = new();
    private readonly HashSet<string> _knownNamespaces;
    private readonly Dictionary<string, List<DestinationRule>> _rules;
    private readonly IReadOnlySet<Resource> _faulty;
    private readonly ConcurrentDictionary<(string Host, string Namespace), string?> _meant = new();
    private string? _servedNames;

    /// <param name="rules">The rules.</param>
    /// <param name="known">What runs.</param>
    /// <param name="faulty">Resources that were only read in part: nothing is said that may follow from that.</param>
    public AnalysisScope(RuleSet rules, KnownServices known, IReadOnlySet<Resource> faulty)
    {
        Rules = rules;
        Known = known;
        _faulty = faulty;
        _hosts = KnownHosts.Of(known);
        _wildcardHosts = [.. known.Hosts.Where(HostNames.IsWildcard)];
        _knownNamespaces = known.Objects.Services.Select(service => service.Namespace).ToHashSet(StringComparer.Ordinal);
        _entries = rules.ServiceEntries.SelectMany(entry => entry.Hosts.Select(host => (Host: Full(host, entry), Entry: entry)))
            .ToLookup(each => each.Host, each => each.Entry, StringComparer.Ordinal);
        foreach (var wildcard in _entries.Select(each => each.Key).Where(HostNames.IsWildcard))
        {
            _wildcardEntries.Add(HostNames.Reversed(wildcard[1..]), wildcard);
        }

        _rules = rules.DestinationRules.GroupBy(rule => Full(rule.Host, rule))
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        WildcardRules = [.. _rules.Where(each => HostNames.IsWildcard(each.Key)).OrderByDescending(each => each.Key.Length)
            .Select(each => (each.Key, each.Value))];
        Gateways = new GatewayIndex(rules, known);
    }

    private AnalysisScope(AnalysisScope other, RuleSet rules)
    {
        (Rules, Known, Gateways, WildcardRules) = (rules, other.Known, other.Gateways, other.WildcardRules);
        (_hosts, _wildcardHosts, _entries, _wildcardEntries) = (other._hosts, other._wildcardHosts, other._entries, other._wildcardEntries);
        (_knownNamespaces, _rules, _faulty, _meant) = (other._knownNamespaces, other._rules, other._faulty, other._meant);
    }

    public RuleSet Rules { get; }

    public KnownServices Known { get; }

    /// <summary>The gateways that VirtualServices may name.</summary>
    public GatewayIndex Gateways { get; }

    /// <summary>The DestinationRules of each host.</summary>
    public IReadOnlyDictionary<string, List<DestinationRule>> RulesByHost => _rules;

    private IReadOnlyList<(string Host, List<DestinationRule> Rules)> WildcardRules { get; }

    /// <summary>
    /// The scope of other rules, where they differ from these in VirtualServices only; null where they differ in more.
    /// </summary>
    /// <param name="rules">The other rules.</param>
    /// <param name="known">What runs.</param>
    /// <param name="faulty">The resources that were only read in part.</param>
    public AnalysisScope? Share(RuleSet rules, KnownServices known, IReadOnlySet<Resource> faulty) =>
        faulty.Count + _faulty.Count == 0 && known == Known && AreSame(rules.DestinationRules, Rules.DestinationRules)
            && AreSame(rules.Gateways, Rules.Gateways) && AreSame(rules.ServiceEntries, Rules.ServiceEntries)
            ? new AnalysisScope(this, rules) : null;

    /// <summary>Whether a resource was only read in part.</summary>
    public bool IsFaulty(Resource resource) => _faulty.Contains(resource);

    /// <summary>A host as the resource that names it means it.</summary>
    public string Full(string host, Resource resource) => HostNames.Full(host, resource.Namespace, Known.ClusterDomain);

    /// <summary>The known service with this full name.</summary>
    public KnownHost? Service(string full) => _hosts.GetValueOrDefault(full);

    /// <summary>The ServiceEntries for this very host.</summary>
    public IEnumerable<ServiceEntry> Entries(string full) => _entries[full];

    /// <summary>The ports of a host, of a service or of the first ServiceEntry for it; null where they are not known.</summary>
    public IReadOnlyCollection<int>? PortsOf(string full) => _hosts.TryGetValue(full, out var known) ? known.Ports
        : _entries[full].FirstOrDefault(entry => !IsFaulty(entry))?.Ports.Select(port => port.Number).ToList();

    /// <summary>Whether something serves a host for rules that act in these namespaces.</summary>
    public bool IsServed(string full, IReadOnlyCollection<string> namespaces) =>
        _hosts.GetValueOrDefault(full)?.IsVisibleFrom(namespaces) == true
        || _wildcardHosts.Exists(wildcard => HostNames.IsWithin(full, wildcard))
        || ServingEntries(full).Any(entry => Visibility.Reaches(entry.ExportTo, entry.Namespace, namespaces));

    /// <summary>The ServiceEntries that stand for a host, by its name or a wildcard, in whatever namespace they are visible.</summary>
    public IEnumerable<ServiceEntry> ServingEntries(string full) => _entries[full].Concat(
        _wildcardEntries.TryFind(HostNames.Reversed(full), out _)
            ? _entries.Where(each => HostNames.IsWildcard(each.Key) && each.Key != full && HostNames.IsWithin(full, each.Key))
                .SelectMany(each => each)
            : []);

    /// <summary>Whether something serves a host, visible from wherever it is.</summary>
    public bool Exists(string full) => _hosts.ContainsKey(full) || ServingEntries(full).Any();

    /// <summary>Whether a host that is not served does not exist for certain: all services are known, or those of its namespace.</summary>
    public bool IsCertain(string full) =>
        Known.IsComplete || (!Known.Objects.IsPartial
            && HostNames.NamespaceOf(full, Known.ClusterDomain) is { } space && _knownNamespaces.Contains(space));

    /// <summary>Whether a wildcard stands for any host that is served.</summary>
    public bool ServesAnyOf(string wildcard) =>
        _hosts.Keys.Any(name => HostNames.IsWithin(name, wildcard))
        || _wildcardHosts.Exists(name => HostNames.IsWithin(name, wildcard) || HostNames.IsWithin(wildcard, name))
        || _entries.Any(each => HostNames.IsWithin(each.Key, wildcard) || HostNames.IsWithin(wildcard, each.Key));

    /// <summary>
    /// The DestinationRules for a host: its own, or those of the longest wildcard that covers it (<c>pilot/pkg/model/push_context.go:
    /// destinationRule</c>).
    /// </summary>
    public IReadOnlyList<DestinationRule> RulesFor(string full) =>
        _rules.TryGetValue(full, out var own) ? own : WildcardRules.FirstOrDefault(each => HostNames.IsWithin(full, each.Host)).Rules ?? [];

    /// <summary>What was probably meant by a host that nothing serves, as the resource should write it.</summary>
    public string? Meant(string host, Resource resource) =>
        _meant.GetOrAdd((host, resource.Namespace), _ => FindMeant(host, resource));

    private static bool AreSame(IReadOnlyList<Resource> one, IReadOnlyList<Resource> other) =>
        one.SequenceEqual(other, ReferenceEqualityComparer.Instance);

    private string? FindMeant(string host, Resource resource)
    {
        var known = _hosts.Values.Select(each => (Short: ShortName(each), each.Namespace, each.Host)).ToList();
        var first = host.Split('.')[0];
        var named = HostNames.NamespaceOf(Full(host, resource), Known.ClusterDomain) ?? resource.Namespace;
        var candidates = known.Where(each => each.Short == first).ToList();
        if (candidates.Count == 0)
        {
            var near = Messages.Nearest(host, known.Select(each => each.Short).Concat(_entries.Select(each => each.Key)))
                ?? Messages.Nearest(first, known.Select(each => each.Short));
            candidates = [.. known.Where(each => each.Short == near)];
            if (candidates.Count == 0)
            {
                return near;
            }
        }

        var best = candidates.OrderByDescending(each => each.Namespace == named).First();
        return best.Namespace == resource.Namespace ? best.Short : best.Host;
    }

    /// <summary>The names to choose from, where nothing is near.</summary>
    public string ServedNames() => _servedNames ??= FindServedNames();

    private string FindServedNames()
    {
        // Where Services are given, those are meant, and not the demo's.
        var names = Known.Objects.Services.Count > 0
            ? Known.Objects.Services.Where(each => each.Namespace == Known.Namespace).Select(each => each.Name).Distinct().ToList()
            : [.. _hosts.Values.Where(each => each.Namespace == Known.Namespace).Select(ShortName)];
        names.Sort(StringComparer.Ordinal);
        return names.Count switch
        {
            0 => "there are no services",
            <= MostNames => $"there are {Messages.AllOf(names)}",
            _ => $"there are {string.Join(", ", names.Take(MostNames))} and {names.Count - MostNames} more",
        };
    }

    private static string ShortName(KnownHost host) => host.Host.Split('.')[0];
}
