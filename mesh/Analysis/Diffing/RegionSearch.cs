using Bookinfo.Mesh.Analysis.Automata;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>
/// Cuts the requests to some hosts into regions that the routes of two sides do not tell apart, and asks what each side does with them.
/// One dimension after the other is cut where a route that could still be the first asks about it; the routes that are left decide how to
/// go on. Parts in which both sides have the same routes left are passed over.
/// </summary>
/// <param name="before">The one side.</param>
/// <param name="after">The other.</param>
/// <param name="cut">Cuts a dimension by the conditions about it.</param>
/// <param name="found">Takes a region with its first routes, null where none matches.</param>
internal sealed class RegionSearch(SideRoute[] before, SideRoute[] after, Func<Dimension, IReadOnlyList<Condition>, DimensionClasses> cut,
    Action<Region> found)
{
    /// <summary>The most steps of a search.</summary>
    public const int MostSteps = 200_000;

    private readonly Dictionary<Dimension, DimensionClasses> _classes = [];
    private int _steps;

    /// <summary>Searches.</summary>
    /// <exception cref="UndecidableException">A dimension cannot be cut, or there are too many regions.</exception>
    public void Run() => Walk(new Region([], null, null), [.. before.Select(Candidate.Of)], [.. after.Select(Candidate.Of)]);

    private void Walk(Region region, Candidate[] old, Candidate[] @new)
    {
        if (++_steps > MostSteps)
        {
            throw new UndecidableException($"the rules cut requests into more than {MostSteps} regions");
        }

        old = UpToCertain(old);
        @new = UpToCertain(@new);
        if (AreSame(old, @new))
        {
            return;
        }

        if ((NextDimension(old) ?? NextDimension(@new)) is { } dimension)
        {
            Cut(region, dimension, old, @new);
            return;
        }

        found(region with { Before = old.FirstOrDefault()?.Route, After = @new.FirstOrDefault()?.Route });
    }

    /// <summary>A path tells most routes apart, so that it is cut first where any route that is left asks for it.</summary>
    private static Dimension? NextDimension(Candidate[] candidates) => candidates.Length == 0 || candidates[0].Open.Length == 0
        ? null
        : candidates.SelectMany(candidate => candidate.Open).Select(condition => condition.Dimension)
            .FirstOrDefault(dimension => dimension.Part == Proxy.Matching.RequestPart.Path) ?? candidates[0].Open[0].Dimension;

    private void Cut(Region region, Dimension dimension, Candidate[] old, Candidate[] @new)
    {
        if (!_classes.TryGetValue(dimension, out var classes))
        {
            _classes[dimension] = classes = cut(dimension,
            [
                .. before.Concat(after).SelectMany(route => route.Conditions)
                    .Where(condition => condition.Dimension == dimension).Distinct(),
            ]);
        }

        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < classes.Classes.Count; i++)
        {
            var (nextOld, nextNew) = (Narrow(old, dimension, classes, i), Narrow(@new, dimension, classes, i));
            if (seen.Add((Candidate.Key(nextOld), Candidate.Key(nextNew))))
            {
                Walk(region with { Choices = [.. region.Choices, KeyValuePair.Create(dimension, classes.Classes[i])] }, nextOld, nextNew);
            }
        }
    }

    private static Candidate[] Narrow(Candidate[] candidates, Dimension dimension, DimensionClasses classes, int classIndex) =>
        [.. candidates.Select(candidate => candidate.Within(dimension, classes, classIndex)).OfType<Candidate>()];

    /// <summary>What stands behind a route that takes all that is left is never reached.</summary>
    private static Candidate[] UpToCertain(Candidate[] candidates)
    {
        var certain = Array.FindIndex(candidates, candidate => candidate.Open.Length == 0);
        return certain < 0 ? candidates : candidates[..(certain + 1)];
    }

    private static bool AreSame(Candidate[] old, Candidate[] @new)
    {
        if (old.Length != @new.Length)
        {
            return false;
        }

        for (var i = 0; i < old.Length; i++)
        {
            if (old[i].Route.Action != @new[i].Route.Action || !old[i].Open.AsSpan().SequenceEqual(@new[i].Open))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A route that may still be the first, with the conditions that are not decided yet.</summary>
    private sealed record Candidate(SideRoute Route, int Position, Condition[] Open)
    {
        public static Candidate Of(SideRoute route, int position) => new(route, position, route.Conditions);

        /// <summary>Which routes are left. What is still open follows from that and from the dimensions that were cut.</summary>
        public static string Key(Candidate[] candidates) => string.Join(',', candidates.Select(candidate => candidate.Position));

        public Candidate? Within(Dimension dimension, DimensionClasses classes, int classIndex)
        {
            if (!Array.Exists(Open, condition => condition.Dimension == dimension))
            {
                return this;
            }

            return Array.TrueForAll(Open, condition => condition.Dimension != dimension || classes.Holds(condition, classIndex))
                ? this with { Open = [.. Open.Where(condition => condition.Dimension != dimension)] }
                : null;
        }
    }
}

/// <summary>Requests that the routes of two sides do not tell apart.</summary>
/// <param name="Choices">What the requests have in the dimensions that matter.</param>
/// <param name="Before">The route that takes them on the one side; null for none.</param>
/// <param name="After">The route that takes them on the other.</param>
internal sealed record Region(IReadOnlyList<KeyValuePair<Dimension, DimensionClass>> Choices, SideRoute? Before, SideRoute? After);
