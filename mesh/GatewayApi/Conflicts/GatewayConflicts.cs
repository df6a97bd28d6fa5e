using System.Globalization;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.GatewayApi.Conflicts;

/// <summary>
/// Matches of several resources for one host of the gateway that are the same: the first takes the requests. Routes are joined in the order
/// of their resources, those that take everything last (<c>pilot/pkg/networking/core/gateway.go: buildGatewayHTTPRouteConfig</c>).
/// </summary>
internal static class GatewayConflicts
{
    /// <param name="rules">The rules, with VirtualServices and Gateways in the place of others, in order.</param>
    /// <param name="known">What runs.</param>
    public static IEnumerable<Problem> Find(RuleSet rules, KnownServices known)
    {
        var told = new HashSet<(Resource Resource, string Path)>();
        return Bound(rules, known).GroupBy(each => (each.Port, each.Host), each => each.Rule)
            .Where(host => host.Any(rule => rule.Semantics != RouteSemantics.Istio))
            .SelectMany(host => Within(host.Key.Host, [.. host.Distinct()]))
            .Where(each => told.Add((each.Resource, each.Path)))
            .Select(each => each.Problem);
    }

    private static IEnumerable<(int Port, string Host, VirtualService Rule)> Bound(RuleSet rules, KnownServices known)
    {
        var byGateway = rules.VirtualServices
            .SelectMany(rule => rule.Gateways.Distinct(), (rule, gateway) => (Name: GatewayNames.Full(gateway, rule.Namespace), rule))
            .ToLookup(each => each.Name, each => each.rule, StringComparer.Ordinal);
        return
            from gateway in rules.Gateways
            where known.GatewayLabels.Any(labels => gateway.Selector.All(label => labels.GetValueOrDefault(label.Key) == label.Value))
            from server in gateway.Servers
            from rule in byGateway[$"{gateway.Namespace}/{gateway.Name}"]
            from host in rule.Hosts
            from served in server.Hosts
            let common = GatewayNames.CommonHost(
                HostNames.Full(host, rule.Namespace, known.ClusterDomain), served, gateway.Namespace, rule.Namespace)
            where common is not null
            select (server.Port.Number, common, rule);
    }

    private static IEnumerable<(Resource Resource, string Path, Problem Problem)> Within(string host, List<VirtualService> rules)
    {
        var entries = rules.SelectMany(Entry.AllOf).ToList();
        var first = new Dictionary<HttpMatchRequest, Entry>();
        foreach (var entry in entries.Where(entry => !entry.TakesAll).Concat(entries.Where(entry => entry.TakesAll)))
        {
            if (!first.TryGetValue(entry.Match, out var winner))
            {
                first.Add(entry.Match, entry);
                continue;
            }

            if (ReferenceEquals(winner.Resource, entry.Resource) || (winner.IsBySegment && !entry.IsBySegment))
            {
                continue;
            }

            var apart = winner.Rule.Semantics == entry.Rule.Semantics ? ""
                : "; the mesh has one gateway for both, and on a cluster they may have one each";
            yield return (entry.Resource, entry.Path, entry.Resource.Problem(
                MessageTypes.NoEffect,
                entry.Path,
                $"no request for {host} gets here: {Places.Of(winner.Resource)} has the same match, and "
                + Places.WhyFirst(winner.Resource, entry.Resource) + apart,
                "leave one of the two out, or give them different hosts or matches"));
        }
    }

    /// <summary>A match of a rule.</summary>
    private sealed record Entry(VirtualService Rule, Resource Resource, string Path, HttpMatchRequest Match)
    {
        private static readonly HttpMatchRequest Anything = new();

        public bool TakesAll => Match == Anything;

        /// <summary>Whether its prefix takes whole segments only, and so less than the same prefix of a VirtualService.</summary>
        public bool IsBySegment => Rule.Semantics != RouteSemantics.Istio && Match.Uri?.Prefix is not null;

        public static IEnumerable<Entry> AllOf(VirtualService rule) => rule.Http.SelectMany((route, i) =>
            route.Match.Count == 0 ? [Of(rule, route, i, -1)] : route.Match.Select((_, m) => Of(rule, route, i, m)));

        private static Entry Of(VirtualService rule, HttpRoute route, int index, int match)
        {
            var condition = match < 0 ? Anything : route.Match[match] with { Name = null };
            var own = string.Create(CultureInfo.InvariantCulture, $"spec.http[{index}]");
            return new Entry(
                rule,
                route.Origin?.Resource ?? rule,
                route.Origin is { } origin ? match >= 0 && match < origin.Matches.Count ? origin.Matches[match] : origin.Path
                    : match < 0 ? own : string.Create(CultureInfo.InvariantCulture, $"{own}.match[{match}]"),
                condition.Uri is { Prefix: "/" } ? condition with { Uri = null } : condition);
        }
    }
}
