using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One compiled StringMatch.</summary>
internal abstract class StringMatcher
{
    /// <summary>Whether <paramref name="value"/> is as the rule asks.</summary>
    public abstract bool Matches(ReadOnlySpan<char> value);

    /// <summary>What the rule asks, for comparing rules.</summary>
    public abstract TextPattern Pattern { get; }

    /// <summary>How the rule says it, for explanations: <c>prefix "/rev"</c>.</summary>
    public abstract override string ToString();
}

internal sealed class ExactMatcher(string expected, StringComparison comparison = StringComparison.Ordinal) : StringMatcher
{
    public string Expected => expected;

    public bool IgnoresCase => comparison == StringComparison.OrdinalIgnoreCase;

    public override bool Matches(ReadOnlySpan<char> value) => value.Equals(expected, comparison);

    public override TextPattern Pattern => new(TextPatternKind.Exact, expected, IgnoresCase);

    public override string ToString() => $"exact \"{expected}\"";
}

/// <summary>A plain string prefix, not one of path segments: <c>/rev</c> matches <c>/reviews</c>.</summary>
internal sealed class PrefixMatcher(string prefix, StringComparison comparison = StringComparison.Ordinal) : StringMatcher
{
    public string Prefix => prefix;

    public override bool Matches(ReadOnlySpan<char> value) => value.StartsWith(prefix, comparison);

    public override TextPattern Pattern => new(TextPatternKind.Prefix, prefix, comparison == StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"prefix \"{prefix}\"";
}

/// <summary>
/// A prefix of whole path segments: <c>/rev</c> matches <c>/rev</c> and <c>/rev/1</c>, not <c>/reviews</c> (Envoy's
/// <c>path_separated_prefix</c>, <c>source/common/router/config_impl.cc: PathSeparatedPrefixRouteEntryImpl</c>).
/// </summary>
internal sealed class PathPrefixMatcher(string prefix) : StringMatcher
{
    public string Prefix => prefix;

    public override bool Matches(ReadOnlySpan<char> value) =>
        value.StartsWith(prefix, StringComparison.Ordinal) && (value.Length == prefix.Length || value[prefix.Length] == '/');

    public override TextPattern Pattern => new(TextPatternKind.Regex, $"{Regex.Escape(prefix)}(/.*)?", IgnoresCase: false);

    public override string ToString() => $"path prefix \"{prefix}\"";
}

/// <summary>An RE2 expression that the whole value must match, in linear time.</summary>
internal sealed class RegexMatcher(string expression) : StringMatcher
{
    private readonly Regex _regex = Expressions.Compile(expression, wholeValue: true);

    public string Expression => expression;

    public override bool Matches(ReadOnlySpan<char> value) => _regex.IsMatch(value);

    public override TextPattern Pattern => new(TextPatternKind.Regex, expression, IgnoresCase: false);

    public override string ToString() => $"regex \"{expression}\"";
}
