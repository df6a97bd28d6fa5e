using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Where rules of a VirtualService hold: for some parents, which a route is attached to.</summary>
/// <param name="Name">What tells it from the VirtualService's others; empty for the first.</param>
/// <param name="Namespace">The namespace of the route.</param>
/// <param name="Parents">The parents.</param>
/// <param name="Hostnames">The hosts at a Gateway; empty for all.</param>
/// <param name="Rules">The rules that hold there.</param>
internal sealed record RouteContext(string Name, string Namespace, IReadOnlyList<Api.ParentReference> Parents,
    IReadOnlyList<string> Hostnames, IReadOnlyList<ContextRule> Rules);

/// <summary>A rule as it holds in one place.</summary>
/// <param name="Index">Its position in the VirtualService.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Matches">The positions of the matches that hold there; empty for every request.</param>
internal sealed record ContextRule(int Index, HttpRoute Rule, IReadOnlyList<int> Matches);
