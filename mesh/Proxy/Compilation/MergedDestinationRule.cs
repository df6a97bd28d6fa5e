using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.Proxy.Compilation;

/// <summary>The DestinationRules of one namespace for one host, as one: a subset's first mention and the first policy count.</summary>
internal sealed class MergedDestinationRule(DestinationRule first)
{
    private readonly List<Subset> _subsets = [.. first.Subsets.DistinctBy(subset => subset.Name)];

    public TrafficPolicy? TrafficPolicy { get; private set; } = first.TrafficPolicy;

    public IReadOnlyList<Subset> Subsets => _subsets;

    public void Add(DestinationRule rule)
    {
        TrafficPolicy ??= rule.TrafficPolicy;
        _subsets.AddRange(rule.Subsets.Where(subset => !_subsets.Exists(there => there.Name == subset.Name)));
    }
}
