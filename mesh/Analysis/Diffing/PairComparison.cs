using System.Globalization;
using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>
/// Compares the routes of two virtual hosts that the same requests come to. What the search finds is asked of both meshes again with an
/// example, so that a difference that is told is one.
/// </summary>
internal sealed class PairComparison(
    OfflineCaller before, OfflineCaller after, HostPair pair, SubsetNames names, TextPartitions partitions)
{
    private readonly Side _before = new(pair.Before, names);
    private readonly Side _after = new(pair.After, names);
    private readonly Dictionary<string, FoundDifference> _found = [];
    private string? _undecided;

    public PairResult Run()
    {
        try
        {
            new RegionSearch(_before.Routes, _after.Routes, Cut, Judge).Run();
        }
        catch (UndecidableException e)
        {
            _undecided ??= e.Message;
        }

        return new PairResult([.. _found.Values], _undecided);
    }

    private DimensionClasses Cut(Dimension dimension, IReadOnlyList<Condition> conditions) => dimension.Part == RequestPart.Authority
        ? DimensionClasses.Of(
            partitions, dimension, string.Join('|', pair.Headers.Select(header => header.Language).Distinct()), conditions,
            [.. pair.Ports.Select(port => string.Create(CultureInfo.InvariantCulture, $".*:{port}"))],
            authority => Equals(before.FindHost(authority), pair.Before) && Equals(after.FindHost(authority), pair.After))
        : DimensionClasses.Of(partitions, dimension, dimension.Language, conditions, [], _ => true);

    private void Judge(Region region)
    {
        var example = RequestOf(region, useOther: false);
        if (Ask(example, region) is not { } changes)
        {
            _undecided ??= $"the rules answer {example.Method} {example.Path} in another way than their automata say";
            return;
        }

        // Two ways to make a path can agree on one request and differ on another.
        if (changes.Count == 0 && region.Before?.Shape != region.After?.Shape)
        {
            example = RequestOf(region, useOther: true);
            changes = Ask(example, region) ?? [];
            if (changes.Count == 0 && !IsOnlyPath(region))
            {
                _undecided ??= "two rules make the path, the Host or the location in different ways, with the same result for "
                    + $"{example.Path}; other requests may tell them apart";
            }
        }

        if (changes.Count > 0)
        {
            var found = new FoundDifference(example, region.Before?.Rule, region.After?.Rule, changes);
            _found.TryAdd($"{found.Rules}\n{string.Join('\n', changes)}", found);
        }
    }

    /// <summary>What changes for a request; null where one side does not take the route that the search says.</summary>
    private IReadOnlyList<AspectChange>? Ask(SampleRequest request, Region region)
    {
        var (old, @new) = (before.Decide(request), after.Decide(request));
        return old.Rule == region.Before?.Rule && @new.Rule == region.After?.Rule
            ? OutcomeAspects.Of(names.In(old)).ChangesTo(OutcomeAspects.Of(names.In(@new)))
            : null;
    }

    private static bool IsOnlyPath(Region region) =>
        region.Choices.FirstOrDefault(choice => choice.Key.Part == RequestPart.Path).Value is { Other: null, Example: not null };

    private SampleRequest RequestOf(Region region, bool useOther)
    {
        var request = new SampleRequest { Authority = pair.Authority };
        var headers = new List<KeyValuePair<string, string>>();
        var query = new List<string>();
        foreach (var (dimension, chosen) in region.Choices)
        {
            var text = dimension.Part == RequestPart.Path && useOther ? chosen.Other ?? chosen.Example : chosen.Example;
            switch (dimension.Part)
            {
                case RequestPart.Header when text is not null:
                    headers.Add(KeyValuePair.Create(dimension.Name, text));
                    break;
                case RequestPart.QueryParameter when text is not null:
                    query.Add(text.Length == 0 ? dimension.Name : $"{dimension.Name}={text}");
                    break;
                case RequestPart.Path:
                    request = request with { Path = text! };
                    break;
                case RequestPart.Method:
                    request = request with { Method = text! };
                    break;
                case RequestPart.Scheme:
                    request = request with { Scheme = text! };
                    break;
                case RequestPart.Authority:
                    request = request with { Authority = text! };
                    break;
            }
        }

        return request with { Headers = headers, Query = string.Join('&', query) };
    }
}

/// <summary>What a comparison found.</summary>
/// <param name="Differences">The differences.</param>
/// <param name="Undecided">Why it could not decide everything; null where it could.</param>
internal sealed record PairResult(IReadOnlyList<FoundDifference> Differences, string? Undecided);

/// <summary>A difference that one caller sees.</summary>
/// <param name="Example">A request that shows it.</param>
/// <param name="Before">The rule that takes it before.</param>
/// <param name="After">The rule that takes it after.</param>
/// <param name="Changes">What changes.</param>
internal sealed record FoundDifference(SampleRequest Example, RulePlace? Before, RulePlace? After, IReadOnlyList<AspectChange> Changes)
{
    /// <summary>The two rules as text.</summary>
    public string Rules => $"{Before} / {After}";
}
