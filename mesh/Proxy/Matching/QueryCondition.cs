using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>
/// A query parameter. The first of several with one name counts; names and values are compared undecoded, as Envoy's router does.
/// </summary>
internal sealed class QueryCondition(string name, StringMatcher? value) : IRequestCondition
{
    public bool Matches(in RequestInfo request) =>
        QueryString.TryGet(request.Query, name, out var found) && (value is null || value.Matches(found));

    public string Describe(in RequestInfo request)
    {
        var actual = QueryString.TryGet(request.Query, name, out var found) ? $"it is \"{found}\"" : "it is absent";
        return $"query parameter {name} must be {(value is null ? "present" : value.ToString())}; {actual}";
    }
}
