using System.Text.RegularExpressions;
using Bookinfo.Mesh.Proxy.Matching;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>What a match asks of the path.</summary>
/// <param name="Kind">How it is compared.</param>
/// <param name="Text">The path, the prefix or the expression.</param>
internal sealed partial record PathTerm(PathTermKind Kind, string Text)
{
    /// <summary>Every path.</summary>
    public static readonly PathTerm Any = new(PathTermKind.Any, "/");

    /// <summary>
    /// Whether it is written as an expression although it need not be: expressions come after prefixes, whatever they ask for.
    /// </summary>
    public bool AsExpression { get; init; }

    /// <summary>How many groups are put around the expression: of two expressions the longer text comes first.</summary>
    public int Groups { get; init; }

    /// <summary>Whether it is written as an expression.</summary>
    public bool IsExpression => AsExpression || Kind is PathTermKind.Prefix or PathTermKind.Expression;

    /// <summary>What it asks, for comparisons; null for every path.</summary>
    public TextPattern? Pattern => Kind switch
    {
        PathTermKind.Any => null,
        PathTermKind.Exact => new TextPattern(TextPatternKind.Exact, Text, IgnoresCase: false),
        PathTermKind.Prefix => new TextPattern(TextPatternKind.Prefix, Text, IgnoresCase: false),
        _ => new TextPattern(TextPatternKind.Regex, Expression, IgnoresCase: false),
    };

    /// <summary>A path that is compared as it is. One that the Gateway API does not take as a value becomes an expression.</summary>
    public static PathTerm Exact(string path) =>
        IsValue(path) ? new PathTerm(PathTermKind.Exact, path) : new PathTerm(PathTermKind.Expression, Re2Text.Escape(path));

    /// <summary>Whole segments: the path itself and what is below it. Null where the Gateway API does not take it as a value.</summary>
    public static PathTerm? Segments(string path)
    {
        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? Any : IsValue(trimmed) ? new PathTerm(PathTermKind.Segments, trimmed) : null;
    }

    /// <summary>As the Gateway API writes it; null for every path.</summary>
    public Api.PathMatch? ToApi() => (Kind, IsExpression) switch
    {
        (_, true) => new Api.PathMatch { Type = Api.PathMatchType.RegularExpression, Value = Written },
        (PathTermKind.Exact, _) => new Api.PathMatch { Type = Api.PathMatchType.Exact, Value = Text },
        (PathTermKind.Segments, _) => new Api.PathMatch { Type = Api.PathMatchType.PathPrefix, Value = Text },
        _ => null,
    };

    private string Expression => Kind switch
    {
        PathTermKind.Any => "/.*",
        PathTermKind.Exact => Re2Text.Escape(Text),
        PathTermKind.Prefix => $"{Re2Text.Escape(Text)}.*",
        PathTermKind.Segments => $"{Re2Text.Escape(Text)}(/.*)?",
        _ => Text,
    };

    private string Written =>
        $"{string.Concat(Enumerable.Repeat("(?:", Groups))}{Expression}{string.Concat(Enumerable.Repeat(")", Groups))}";

    /// <summary><c>apis/v1/httproute_types.go: HTTPPathMatch</c>, the rules beside it.</summary>
    private static bool IsValue(string path) => Characters().IsMatch(path) && !Forbidden().IsMatch(path);

    [GeneratedRegex(@"^/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})*\z")]
    private static partial Regex Characters();

    [GeneratedRegex(@"//|/\./|/\.\./|%2f|%2F|/\.\.\z|/\.\z")]
    private static partial Regex Forbidden();
}

/// <summary>How a path is compared.</summary>
internal enum PathTermKind
{
    /// <summary>Not at all.</summary>
    Any,

    /// <summary>It is the text.</summary>
    Exact,

    /// <summary>It begins with the text, as prefixes of VirtualServices do.</summary>
    Prefix,

    /// <summary>It begins with the text's segments, as prefixes of the Gateway API do.</summary>
    Segments,

    /// <summary>All of it matches an RE2 expression.</summary>
    Expression,
}
