namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>One compiled StringMatch.</summary>
internal abstract class StringMatcher
{
    /// <summary>Whether <paramref name="value"/> is as the rule asks.</summary>
    public abstract bool Matches(ReadOnlySpan<char> value);

    /// <summary>How the rule says it, for explanations: <c>prefix "/rev"</c>.</summary>
    public abstract override string ToString();
}
