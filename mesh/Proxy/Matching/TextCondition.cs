using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>
/// Method, scheme, authority or whole path: always there, compared with case. A null <paramref name="matcher"/> asks for presence alone.
/// </summary>
internal sealed class TextCondition(string name, Func<RequestInfo, string> read, StringMatcher? matcher, bool inverted = false)
    : IRequestCondition
{
    public bool Matches(in RequestInfo request) => (matcher is null || matcher.Matches(read(request))) != inverted;

    public string Describe(in RequestInfo request) =>
        $"{name} must {(inverted ? "not " : "")}be {(matcher is null ? "present" : matcher)}; it is \"{read(request)}\"";
}
