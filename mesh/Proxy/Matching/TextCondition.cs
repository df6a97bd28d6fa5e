namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>Method, scheme or authority: always there, compared with case.</summary>
internal sealed class TextCondition(string name, Func<RequestFacts, string> read, StringMatcher? matcher) : IRequestCondition
{
    public bool Matches(in RequestFacts request) => matcher is null || matcher.Matches(read(request));

    public string Describe(in RequestFacts request) => $"{name} must be {matcher}; it is \"{read(request)}\"";
}
