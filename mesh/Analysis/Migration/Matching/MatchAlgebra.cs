using Bookinfo.Mesh.Analysis.Automata;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>How the requests of two matches lie to each other.</summary>
internal sealed class MatchAlgebra
{
    private static readonly string Paths = TextLanguages.Of(RequestPart.Path);
    private static readonly string HeaderValues = TextLanguages.Of(RequestPart.Header);
    private static readonly string ParameterValues = TextLanguages.Of(RequestPart.QueryParameter);
    private readonly TextRelations _texts = new();

    /// <summary>Whether some request may be of both.</summary>
    public bool Overlap(MatchTerms one, MatchTerms other) =>
        (one.Method is null || other.Method is null || one.Method == other.Method)
        && Overlap(HeaderValues, one.Headers, other.Headers)
        && Overlap(ParameterValues, one.QueryParameters, other.QueryParameters)
        && _texts.Overlap(Paths, one.Path.Pattern, other.Path.Pattern);

    /// <summary>Whether every request of <paramref name="inner"/> is certainly one of <paramref name="outer"/>.</summary>
    public bool Covers(MatchTerms outer, MatchTerms inner) =>
        (outer.Method is null || outer.Method == inner.Method)
        && Covers(HeaderValues, outer.Headers, inner.Headers)
        && Covers(ParameterValues, outer.QueryParameters, inner.QueryParameters)
        && _texts.Covers(Paths, outer.Path.Pattern, inner.Path.Pattern);

    /// <summary>The requests of both as one match; null where one match cannot say it.</summary>
    public MatchTerms? Intersect(MatchTerms one, MatchTerms other) =>
        Narrower(one.Path, other.Path) is { } path
        && Intersect(HeaderValues, one.Headers, other.Headers) is { } headers
        && Intersect(ParameterValues, one.QueryParameters, other.QueryParameters) is { } parameters
            ? new MatchTerms(path, one.Method ?? other.Method, headers, parameters)
            : null;

    private PathTerm? Narrower(PathTerm one, PathTerm other) =>
        _texts.Covers(Paths, one.Pattern, other.Pattern) ? other : _texts.Covers(Paths, other.Pattern, one.Pattern) ? one : null;

    private bool Overlap(
        string language, IReadOnlyDictionary<string, ValueTerm> one, IReadOnlyDictionary<string, ValueTerm> other) =>
        one.All(term => !other.TryGetValue(term.Key, out var also) || _texts.Overlap(language, term.Value.Pattern, also.Pattern));

    private bool Covers(
        string language, IReadOnlyDictionary<string, ValueTerm> outer, IReadOnlyDictionary<string, ValueTerm> inner) =>
        outer.All(term => inner.TryGetValue(term.Key, out var also) && _texts.Covers(language, term.Value.Pattern, also.Pattern));

    private Dictionary<string, ValueTerm>? Intersect(
        string language, IReadOnlyDictionary<string, ValueTerm> one, IReadOnlyDictionary<string, ValueTerm> other)
    {
        var both = one.ToDictionary();
        foreach (var (name, term) in other)
        {
            if (!both.TryGetValue(name, out var there) || _texts.Covers(language, there.Pattern, term.Pattern))
            {
                both[name] = term;
            }
            else if (!_texts.Covers(language, term.Pattern, there.Pattern))
            {
                return null;
            }
        }

        return both;
    }
}
