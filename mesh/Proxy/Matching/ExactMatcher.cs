namespace Bookinfo.Mesh.Proxy.Matching;

internal sealed class ExactMatcher(string expected, StringComparison comparison = StringComparison.Ordinal) : StringMatcher
{
    public string Expected => expected;

    public bool IgnoresCase => comparison == StringComparison.OrdinalIgnoreCase;

    public override bool Matches(ReadOnlySpan<char> value) => value.Equals(expected, comparison);

    public override string ToString() => $"exact \"{expected}\"";
}
