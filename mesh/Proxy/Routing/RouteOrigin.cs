using Bookinfo.Mesh.Istio;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>Where a route stands in the rules.</summary>
/// <param name="VirtualService">The VirtualService.</param>
/// <param name="RuleIndex">Position in <c>spec.http</c>.</param>
/// <param name="MatchIndex">Position in the rule's <c>match</c>; -1 for a rule without one.</param>
internal sealed record RouteOrigin(VirtualService VirtualService, int RuleIndex, int MatchIndex)
{
    /// <summary><c>spec.http[0].match[1]</c>.</summary>
    public string Path => MatchIndex < 0 ? $"spec.http[{RuleIndex}]" : $"spec.http[{RuleIndex}].match[{MatchIndex}]";
}
