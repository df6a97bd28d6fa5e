using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Makes routes of matches in order and of what each of them leads to: as few rules as the order allows, and as many routes as the API
/// server's bounds ask for. Routes of the same age are in the order of their names.
/// </summary>
/// <param name="service">The VirtualService that they are of.</param>
/// <param name="context">Where they hold.</param>
/// <param name="actions">What each rule does, by its position in the VirtualService.</param>
internal sealed class RouteBuilder(VirtualService service, RouteContext context, IReadOnlyDictionary<int, MigratedAction> actions)
{
    private const int MostRules = 16;
    private const int MostMatches = 64;
    private const int MostMatchesOfAll = 128;

    /// <summary>The routes.</summary>
    /// <param name="matches">The matches in their order.</param>
    /// <param name="isGrpc">Whether all the calls are gRPC's.</param>
    /// <exception cref="RefusalException">A new path cannot be said for a match.</exception>
    public IReadOnlyList<Api.RouteResource> Build(IReadOnlyList<OrderedMatch> matches, bool isGrpc)
    {
        var rules = Group(matches);
        if (isGrpc && rules.All(rule => GrpcRules.Fits(rule.Matches, rule.Action)))
        {
            return [.. Parts(rules).Select((chunk, i) => new Api.GrpcRoute
            {
                Metadata = Metadata(i),
                ParentRefs = context.Parents,
                Hostnames = context.Hostnames,
                Rules = [.. chunk.Select(rule => GrpcRules.Of(rule.Matches, rule.Action))],
            })];
        }

        return [.. Parts(rules).Select((chunk, i) => new Api.HttpRoute
        {
            Metadata = Metadata(i),
            ParentRefs = context.Parents,
            Hostnames = context.Hostnames,
            Rules = [.. chunk.Select(Rule)],
        })];
    }

    /// <summary>Neighbours that lead to the same rule are one rule, unless something depends on each match.</summary>
    private List<(List<OrderedMatch> Matches, MigratedAction Action)> Group(IReadOnlyList<OrderedMatch> matches)
    {
        var rules = new List<(List<OrderedMatch> Matches, MigratedAction Action)>();
        foreach (var match in matches)
        {
            var action = actions[match.Rule];
            if (rules is [.., (var last, _)] && last[0].Rule == match.Rule && !action.DependsOnMatch && last.Count < MostMatches
                && !last[0].Terms.IsAny && !match.Terms.IsAny)
            {
                last.Add(match);
            }
            else
            {
                rules.Add(([match], action));
            }
        }

        return rules;
    }

    /// <summary>The rules in parts that the API server takes as one route each.</summary>
    private static List<List<(List<OrderedMatch> Matches, MigratedAction Action)>> Parts(
        List<(List<OrderedMatch> Matches, MigratedAction Action)> rules)
    {
        var parts = new List<List<(List<OrderedMatch> Matches, MigratedAction Action)>>();
        foreach (var rule in rules)
        {
            if (parts is not [.., var last] || last.Count == MostRules
                || last.Sum(each => each.Matches.Count) + rule.Matches.Count > MostMatchesOfAll)
            {
                parts.Add(last = []);
            }

            last.Add(rule);
        }

        return parts;
    }

    private Metadata Metadata(int part) => new()
    {
        Name = service.Name + context.Name + (part == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-part-{part + 1:00}")),
        Namespace = context.Namespace == service.Namespace ? service.Metadata.Namespace : context.Namespace,
        Labels = service.Metadata.Labels,
    };

    private static Api.HttpRouteRule Rule((List<OrderedMatch> Matches, MigratedAction Action) rule) => new()
    {
        Name = rule.Action.Name,
        Matches = rule.Matches[0].Terms.IsAny ? [] : [.. rule.Matches.Select(match => match.Terms.ToApi())],
        Filters = rule.Action.FiltersFor(rule.Matches[0]),
        Timeouts = rule.Action is { Timeout: null, TryTimeout: null } ? null
            : new Api.HttpRouteTimeouts { Request = rule.Action.Timeout, BackendRequest = rule.Action.TryTimeout },
        Retry = rule.Action.Retry,
        SessionPersistence = rule.Action.Session,
        BackendRefs = rule.Action.Backends,
    };
}
