using Bookinfo.Mesh.Proxy.Matching;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>What one match of the Gateway API asks of a request. All of it must hold.</summary>
/// <param name="Path">The path.</param>
/// <param name="Method">The method; null for every one.</param>
/// <param name="Headers">Headers, by name in lower case.</param>
/// <param name="QueryParameters">Query parameters, by name.</param>
internal sealed record MatchTerms(
    PathTerm Path, string? Method, IReadOnlyDictionary<string, ValueTerm> Headers, IReadOnlyDictionary<string, ValueTerm> QueryParameters)
{
    /// <summary>Every request.</summary>
    public static readonly MatchTerms Any =
        new(PathTerm.Any, null, new Dictionary<string, ValueTerm>(), new Dictionary<string, ValueTerm>());

    /// <summary>Whether it is written without anything.</summary>
    public bool IsAny => this is { Path: { Kind: PathTermKind.Any, IsExpression: false }, Method: null }
        && Headers.Count == 0 && QueryParameters.Count == 0;

    /// <summary>As the Gateway API writes it.</summary>
    public Api.HttpRouteMatch ToApi() => new()
    {
        Path = Path.ToApi(),
        Method = Method,
        Headers = Values(Headers),
        QueryParams = Values(QueryParameters),
    };

    private static IReadOnlyList<Api.NamedValueMatch> Values(IReadOnlyDictionary<string, ValueTerm> terms) =>
        [.. terms.Select(term => new Api.NamedValueMatch { Type = term.Value.Type, Name = term.Key, Value = term.Value.Text })];
}

/// <summary>What a match asks of a header or a query parameter.</summary>
/// <param name="Type">How the value is compared; null is exactly.</param>
/// <param name="Text">The value, or an RE2 expression for the whole of it.</param>
internal sealed record ValueTerm(Api.ValueMatchType? Type, string Text)
{
    /// <summary>Any value, as long as there is one.</summary>
    public static readonly ValueTerm Present = new(Api.ValueMatchType.RegularExpression, ".*");

    public TextPattern Pattern => new(
        Type == Api.ValueMatchType.RegularExpression ? TextPatternKind.Regex : TextPatternKind.Exact, Text, IgnoresCase: false);
}
