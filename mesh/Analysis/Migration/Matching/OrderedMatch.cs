using Bookinfo.Mesh.GatewayApi.Routes;

namespace Bookinfo.Mesh.Analysis.Migration.Matching;

/// <summary>A match with its place in the order that is to be kept.</summary>
/// <param name="Terms">What it asks.</param>
/// <param name="Priority">Its place: a request is of the match with the lowest one that takes it.</param>
/// <param name="Rule">The rule that it leads to; matches of one rule do the same.</param>
/// <param name="Path">Where it stands in the resource it is of.</param>
/// <param name="ReplacedPrefix">What a new prefix of the path stands in place of; null where it stands in place of the whole path.</param>
internal sealed record OrderedMatch(MatchTerms Terms, int Priority, int Rule, string Path, string? ReplacedPrefix)
{
    /// <summary>Negative where this one comes before the other by the Gateway API's rules, 0 where neither does.</summary>
    public int ComparePrecedence(OrderedMatch other) => RoutePrecedence.Compare(Terms.ToApi(), other.Terms.ToApi());
}
