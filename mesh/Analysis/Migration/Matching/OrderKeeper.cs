using Bookinfo.Mesh.Analysis.Migration.Findings;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>
/// Makes matches whose first one wins into matches whose most specific one wins. Where the Gateway API would take a later match first, the
/// requests of both get a match of their own, which leads to the earlier rule and is at least as specific as the later one.
/// </summary>
/// <remarks>
/// It ends where no match is taken before an earlier one of another rule that takes the same request, unless a match of that request is
/// taken before both. So the first match by precedence leads where the first in order leads.
/// </remarks>
internal sealed class OrderKeeper(MatchAlgebra algebra)
{
    /// <summary>The most matches that come of one resource.</summary>
    public const int MostMatches = 500;

    private readonly List<OrderedMatch> _matches = [];

    /// <summary>The matches, of equal precedence in their order.</summary>
    /// <param name="algebra">Compares matches.</param>
    /// <param name="matches">Matches in their order.</param>
    /// <exception cref="RefusalException">The order cannot be kept.</exception>
    public static IReadOnlyList<OrderedMatch> Keep(MatchAlgebra algebra, IEnumerable<OrderedMatch> matches)
    {
        var keeper = new OrderKeeper(algebra);
        foreach (var match in matches)
        {
            keeper.Add(match);
        }

        for (var changes = 0; keeper.Mend(); changes++)
        {
            if (changes == MostMatches)
            {
                throw new RefusalException("spec.http",
                    $"to keep the order of its rules, more than {MostMatches} matches would be needed", "split it by host or by path");
            }
        }

        return [.. keeper._matches];
    }

    /// <summary>A match whose requests earlier ones take is never reached.</summary>
    private void Add(OrderedMatch match)
    {
        if (!_matches.Exists(earlier => algebra.Covers(earlier.Terms, match.Terms)))
        {
            _matches.Add(match);
        }
    }

    /// <summary>Mends the first pair that is in the wrong order; false where there is none.</summary>
    private bool Mend()
    {
        for (var j = 1; j < _matches.Count; j++)
        {
            for (var i = 0; i < j; i++)
            {
                var (earlier, later) = (_matches[i], _matches[j]);
                if (earlier.Rule != later.Rule && earlier.ComparePrecedence(later) > 0
                    && algebra.Overlap(earlier.Terms, later.Terms) && Mend(i, j))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Mend(int i, int j)
    {
        var (earlier, later) = (_matches[i], _matches[j]);
        var terms = algebra.Intersect(earlier.Terms, later.Terms) ?? throw NotKept(earlier, later);
        if (_matches.Take(j).Any(other => other.ComparePrecedence(later) <= 0 && algebra.Covers(other.Terms, terms)))
        {
            return false;
        }

        var both = earlier with { Terms = terms };
        if (both.ComparePrecedence(later) > 0)
        {
            // An expression comes after every prefix, so the later one has to be written as an expression too.
            if (!later.Terms.Path.IsExpression)
            {
                _matches[j] = later with { Terms = later.Terms with { Path = later.Terms.Path with { AsExpression = true } } };
                return true;
            }

            both = Lengthened(both, later);
        }

        if (algebra.Covers(both.Terms, earlier.Terms))
        {
            _matches[i] = both;
        }
        else
        {
            _matches.Insert(i + 1, both);
        }

        return true;
    }

    private static OrderedMatch Lengthened(OrderedMatch match, OrderedMatch than)
    {
        while (match.ComparePrecedence(than) > 0)
        {
            match = match with { Terms = match.Terms with { Path = match.Terms.Path with { Groups = match.Terms.Path.Groups + 1 } } };
        }

        return match;
    }

    private static RefusalException NotKept(OrderedMatch earlier, OrderedMatch later) => new(later.Path,
        $"its order cannot be kept: {earlier.Path} comes first and takes a part of the same requests, which no match of the Gateway API "
        + "can name", "make the two apart from each other, for example by a prefix or a header");
}
