using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>
/// One header that a rule asks for, or with <paramref name="inverted"/> asks to be otherwise. A null <paramref name="value"/> asks for
/// presence only. Several values of one header are compared as one, joined by commas, as Envoy does.
/// </summary>
internal sealed class HeaderMatcher(string name, StringMatcher? value, bool inverted) : IRequestCondition
{
    public bool Matches(in RequestInfo request)
    {
        var found = request.Headers.TryGetValue(name, out var values) && values.Count > 0;
        if (value is null)
        {
            return found != inverted;
        }

        // A missing header counts as empty only where the match is inverted (treat_missing_header_as_empty of withoutHeaders).
        if (!found)
        {
            return inverted && !value.Matches([]);
        }

        return value.Matches(HttpSyntax.ToText(values.ToString())) != inverted;
    }

    public string Describe(in RequestInfo request)
    {
        var actual = request.Headers.TryGetValue(name, out var values)
            && values.Count > 0 ? $"it is \"{HttpSyntax.ToText(values.ToString())}\"" : "it is absent";
        var wanted = value is null ? "present" : value.ToString();
        return $"header {name} must {(inverted ? "not " : "")}be {wanted}; {actual}";
    }

    public RouteCondition ToRouteCondition() => new(RequestPart.Header, name, value?.Pattern, inverted);
}
