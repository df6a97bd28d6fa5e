using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>An RE2 expression that the whole value must match, in linear time.</summary>
internal sealed class RegexMatcher(string expression) : StringMatcher
{
    private readonly Regex _regex = Expressions.Compile(expression, wholeValue: true);

    public string Expression => expression;

    public override bool Matches(ReadOnlySpan<char> value) => _regex.IsMatch(value);

    public override string ToString() => $"regex \"{expression}\"";
}
