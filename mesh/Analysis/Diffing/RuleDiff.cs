using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>
/// Says what a change of rules does: not lines but requests. The requests of each caller are cut into regions that no rule of either set
/// tells apart, and each region is asked under both.
/// </summary>
public sealed class RuleDiff
{
    private readonly Dictionary<(OfflineHost?, OfflineHost?, bool), PairResult> _results = [];
    private readonly Dictionary<string, DifferenceBuilder> _differences = [];
    private readonly Dictionary<string, DifferenceBuilder> _undecided = [];

    private readonly TextPartitions _partitions = new();
    private readonly SubsetNames _names;

    private RuleDiff(SubsetNames names) => _names = names;

    /// <summary>Compares two rule sets.</summary>
    /// <param name="known">What is known of the cluster. What the rules name beside it is taken to exist, before and after.</param>
    /// <param name="before">The one set.</param>
    /// <param name="after">The other.</param>
    /// <exception cref="Proxy.Compilation.RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static RuleDifferences Compare(MeshOptions known, RuleSet before, RuleSet after) =>
        Compare(known, before, after, new Dictionary<string, SubsetName>());

    /// <summary>Compares two rule sets of which the one has Services in the place of the other's subsets.</summary>
    /// <param name="known">What is known of the cluster, those Services among it.</param>
    /// <param name="before">The one set.</param>
    /// <param name="after">The other.</param>
    /// <param name="subsets">The subsets that Services stand for, by the full hosts of the Services.</param>
    /// <exception cref="Proxy.Compilation.RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    public static RuleDifferences Compare(
        MeshOptions known, RuleSet before, RuleSet after, IReadOnlyDictionary<string, SubsetName> subsets)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        CallerSelector[] anyone = [CallerSelector.Anyone];
        var services = AssumedCluster.Complete(known, before, anyone).Options.Services
            .Concat(AssumedCluster.Complete(known, after, anyone).Options.Services).Distinct().ToList();
        var cluster = known with { Services = services };
        var (old, @new) = (AssumedCluster.Complete(cluster, before, anyone), AssumedCluster.Complete(cluster, after, anyone));
        var diff = new RuleDiff(new SubsetNames(subsets));
        var meshes = OfflineMesh.Compile(old.Options, [old.Rules, @new.Rules]);
        foreach (var callers in meshes[0].Callers.Zip(meshes[1].Callers).GroupBy(pair => (pair.First.View, pair.Second.View)))
        {
            var (one, other) = callers.First();
            diff.Compare(one, other, [.. callers.Select(pair => pair.First.Name)]);
        }

        return new RuleDifferences(
            [.. diff._differences.Values.Select(each => each.ToDifference())],
            [.. diff._undecided.Values.Select(each => new Undecided(each.Sample, each.Callers, each.Reason!))],
            [.. old.Notes.Concat(@new.Notes).Distinct()]);
    }

    /// <summary>Compares for callers whose requests go the same ways.</summary>
    private void Compare(OfflineCaller before, OfflineCaller after, IReadOnlyList<string> callers)
    {
        foreach (var pair in HostPairs.Of(before, after))
        {
            // Rules that are the same in both sets are compiled into the same virtual hosts.
            if (Equals(pair.Before, pair.After))
            {
                continue;
            }

            // Pods share what does not depend on the caller; the gateway has another answer for hosts that it does not know.
            var key = (pair.Before, pair.After, before.IsGateway);
            if (!_results.TryGetValue(key, out var result))
            {
                _results[key] = result = new PairComparison(before, after, pair, _names, _partitions).Run();
            }

            foreach (var found in result.Differences)
            {
                Add(_differences, $"{found.Rules}\n{string.Join('\n', found.Changes)}", found, null, callers);
            }

            if (result.Undecided is { } reason)
            {
                var sample = new SampleRequest { Authority = pair.Authority };
                Add(_undecided, $"{pair.Authority}\n{reason}", new FoundDifference(sample, null, null, []), reason, callers);
            }
        }
    }

    private static void Add(Dictionary<string, DifferenceBuilder> all, string key, FoundDifference found, string? reason,
        IReadOnlyList<string> callers)
    {
        if (!all.TryGetValue(key, out var builder))
        {
            all[key] = builder = new DifferenceBuilder(found, reason);
        }

        foreach (var caller in callers)
        {
            builder.Add(found.Example, caller);
        }
    }

    /// <summary>Gathers the callers of a difference, and keeps its smallest example.</summary>
    private sealed class DifferenceBuilder(FoundDifference found, string? reason)
    {
        private readonly List<string> _callers = [];

        public SampleRequest Sample { get; private set; } = found.Example;

        public IReadOnlyList<string> Callers => _callers;

        public string? Reason => reason;

        public void Add(SampleRequest example, string caller)
        {
            if (!_callers.Contains(caller))
            {
                _callers.Add(caller);
            }

            Sample = Size(example) < Size(Sample) && _callers.Count == 1 ? example : Sample;
        }

        public RuleDifference ToDifference() => new(Sample, _callers, found.Before, found.After, found.Changes);

        private static int Size(SampleRequest request) => request.Authority.Length + request.Path.Length + request.Query.Length
            + request.Headers.Sum(header => header.Key.Length + header.Value.Length);
    }
}

/// <summary>What a change of rules does.</summary>
/// <param name="Differences">The requests that something changes for, one entry for each way in which it changes.</param>
/// <param name="Undecided">What could not be decided.</param>
/// <param name="Notes">What had to be assumed of the cluster.</param>
public sealed record RuleDifferences(IReadOnlyList<RuleDifference> Differences, IReadOnlyList<Undecided> Undecided,
    IReadOnlyList<string> Notes)
{
    /// <summary>Whether every request goes by both sets as it does by the other.</summary>
    public bool AreEquivalent => Differences.Count == 0 && Undecided.Count == 0;
}

/// <summary>Requests that something changes for.</summary>
/// <param name="Example">The smallest of them that was found.</param>
/// <param name="Callers">Who calls; the example is the first one's.</param>
/// <param name="Before">The rule that takes them before; null where none does.</param>
/// <param name="After">The rule that takes them after.</param>
/// <param name="Changes">What changes.</param>
public sealed record RuleDifference(SampleRequest Example, IReadOnlyList<string> Callers, RulePlace? Before, RulePlace? After,
    IReadOnlyList<AspectChange> Changes);

/// <summary>Requests of which it could not be decided whether anything changes for them.</summary>
/// <param name="Example">A request to their host.</param>
/// <param name="Callers">Who calls.</param>
/// <param name="Reason">Why not.</param>
public sealed record Undecided(SampleRequest Example, IReadOnlyList<string> Callers, string Reason);
