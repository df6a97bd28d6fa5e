using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>How the texts of two patterns lie to each other, by automata. Where these cannot tell, the cautious answer is given.</summary>
internal sealed class TextRelations
{
    private readonly Dictionary<(string Language, TextPattern One, TextPattern Other), Relation> _known = [];

    /// <summary>Whether some text is of both.</summary>
    /// <param name="language">The texts that count, as an RE2 expression.</param>
    /// <param name="one">A pattern; null for every text.</param>
    /// <param name="other">Another one.</param>
    public bool Overlap(string language, TextPattern? one, TextPattern? other) =>
        one is null || other is null || Of(language, one, other).Overlap;

    /// <summary>Whether every text of <paramref name="inner"/> is one of <paramref name="outer"/>.</summary>
    /// <param name="language">The texts that count, as an RE2 expression.</param>
    /// <param name="outer">A pattern; null for every text.</param>
    /// <param name="inner">Another one.</param>
    public bool Covers(string language, TextPattern? outer, TextPattern? inner) =>
        outer is null || (inner is not null && Of(language, outer, inner).Covers);

    private Relation Of(string language, TextPattern one, TextPattern other)
    {
        if (one == other)
        {
            return new Relation(Overlap: true, Covers: true);
        }

        if (one.Kind == TextPatternKind.Exact && other.Kind == TextPatternKind.Exact)
        {
            return new Relation(Overlap: false, Covers: false);
        }

        if (!_known.TryGetValue((language, one, other), out var relation))
        {
            _known[(language, one, other)] = relation = Compare(language, one, other);
        }

        return relation;
    }

    private static Relation Compare(string language, TextPattern one, TextPattern other)
    {
        try
        {
            var classes = TextPartition.Of(language, [one, other]).Classes;
            return new Relation(
                classes.Any(text => text.Matches(0) && text.Matches(1)), classes.All(text => text.Matches(0) || !text.Matches(1)));
        }
        catch (UndecidableException)
        {
            return new Relation(Overlap: true, Covers: false);
        }
    }

    private readonly record struct Relation(bool Overlap, bool Covers);
}
