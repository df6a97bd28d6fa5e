using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>
/// What became of each rule of a virtual host, those among them that were left out when the tables were made for the caller.
/// </summary>
internal static class RuleVerdicts
{
    public static IReadOnlyList<ExplainedRule> Of(VirtualHost host, RouteTable routes, Route? taken, Caller caller, RequestInfo info)
    {
        // A rule that two Gateways bind to one host stands there twice; the first decides.
        var looked = routes.Routes.Select((route, position) => (route, position)).Where(pair => pair.route.Origin is not null)
            .DistinctBy(pair => Key(pair.route.Origin!)).ToDictionary(pair => Key(pair.route.Origin!));
        var end = taken is null ? int.MaxValue : Array.IndexOf(routes.Routes, taken);
        var verdicts = host.Rules.SelectMany(RouteOrigin.AllOf).Select(Verdict).ToList();
        if (taken is { Origin: null })
        {
            verdicts.Add(new ExplainedRule("default", "", taken.Name, RuleVerdict.Taken, [], "", 0));
        }

        return verdicts;

        ExplainedRule Verdict(RouteOrigin origin)
        {
            if (Refusal(origin, host, caller) is { } refusal)
            {
                return Rule(origin, RuleVerdict.NotForCaller, [refusal]);
            }

            if (!looked.TryGetValue(Key(origin), out var route))
            {
                return Rule(origin, RuleVerdict.NotReached, ["a rule before it takes everything"]);
            }

            return route.position == end ? Rule(origin, RuleVerdict.Taken, [])
                : route.position > end ? Rule(origin, RuleVerdict.NotReached, ["a rule before it was taken"])
                : Rule(origin, RuleVerdict.PassedOver, route.route.Match.Misses(info));
        }
    }

    private static (string VirtualService, int Rule, int Match) Key(RouteOrigin origin) =>
        (origin.VirtualService.Subject, origin.RuleIndex, origin.MatchIndex);

    private static string? Refusal(RouteOrigin origin, VirtualHost host, Caller caller) => origin.MatchIndex < 0
        ? null
        : SourceFilter.Refusal(
            origin.VirtualService.Http[origin.RuleIndex].Match[origin.MatchIndex], caller, host.ListenPort, host.Gateways,
                origin.VirtualService.Namespace);

    private static ExplainedRule Rule(RouteOrigin origin, RuleVerdict verdict, IReadOnlyList<string> reasons)
    {
        var place = origin.Resource.Source.Find(origin.Path);
        return new ExplainedRule(
            origin.Resource.Subject, origin.Path, origin.VirtualService.Http[origin.RuleIndex].Name ?? "", verdict, reasons,
            origin.Resource.Source.File, place.Line);
    }
}
