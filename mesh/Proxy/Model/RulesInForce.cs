using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>The rules that every request is now judged by.</summary>
/// <param name="Current">The rules.</param>
/// <param name="Revision">1 for the first set, and one more for each set put into force.</param>
/// <param name="Since">When they came into force, by the mesh's clock.</param>
public sealed record RulesInForce(RuleSet Current, long Revision, DateTimeOffset Since);
