using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>The path, without the query.</summary>
internal sealed class PathCondition(StringMatcher matcher) : IRequestCondition
{
    public StringMatcher Matcher => matcher;

    public bool Matches(in RequestInfo request) => matcher.Matches(request.Path);

    public string Describe(in RequestInfo request) => $"path must be {matcher}; it is \"{request.Path}\"";
}
