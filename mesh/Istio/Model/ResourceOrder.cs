using System.Runtime.CompilerServices;

namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// Which of two resources Istio looks at first: the older one, of the same second the one with the smaller name, then with the smaller
/// namespace. One without a time counts as the oldest, as Go's zero time does. Source: <c>pilot/pkg/model/config.go:
/// configCompareByCreationTime</c>.
/// </summary>
public sealed class ResourceOrder : IComparer<Resource>
{
    /// <summary>A set is put in order for its analysis and for its compilation.</summary>
    private static readonly ConditionalWeakTable<RuleSet, RuleSet> Sorted = [];

    private ResourceOrder()
    {
    }

    /// <summary>The one instance.</summary>
    public static ResourceOrder Instance { get; } = new();

    /// <summary>Puts every kind of rule in order. Nothing else of the set changes.</summary>
    public static RuleSet Sort(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return Sorted.GetValue(rules, static set => set with
        {
            VirtualServices = [.. set.VirtualServices.OrderBy(rule => rule, Instance)],
            DestinationRules = [.. set.DestinationRules.OrderBy(rule => rule, Instance)],
            Gateways = [.. set.Gateways.OrderBy(rule => rule, Instance)],
            ServiceEntries = [.. set.ServiceEntries.OrderBy(rule => rule, Instance)],
        });
    }

    /// <inheritdoc/>
    public int Compare(Resource? x, Resource? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        // The API server stores times to the second.
        var byAge = SecondsOf(x).CompareTo(SecondsOf(y));
        var byName = byAge != 0 ? byAge : string.CompareOrdinal(x.Name, y.Name);
        return byName != 0 ? byName : string.CompareOrdinal(x.Namespace, y.Namespace);
    }

    private static long SecondsOf(Resource resource) =>
        (resource.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue).UtcTicks / TimeSpan.TicksPerSecond;
}
