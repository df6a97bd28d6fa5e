namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>A plain string prefix, not one of path segments: <c>/rev</c> matches <c>/reviews</c>.</summary>
internal sealed class PrefixMatcher(string prefix, StringComparison comparison = StringComparison.Ordinal) : StringMatcher
{
    public string Prefix => prefix;

    public override bool Matches(ReadOnlySpan<char> value) => value.StartsWith(prefix, comparison);

    public override string ToString() => $"prefix \"{prefix}\"";
}
