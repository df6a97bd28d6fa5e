using System.Globalization;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>Makes routes of a VirtualService, or refuses it as a whole.</summary>
/// <param name="backends">Finds the Service for each destination.</param>
/// <param name="usesPathPrefix">Whether prefixes become ones of whole segments.</param>
/// <param name="channel">Which fields of the Gateway API there are.</param>
internal sealed class VirtualServiceConverter(BackendServices backends, bool usesPathPrefix, GatewayApiChannel channel)
{
    private readonly MatchAlgebra _algebra = new();

    /// <param name="service">The VirtualService, the rules of its delegates in it.</param>
    /// <param name="findings">Takes what is to be said about it.</param>
    /// <exception cref="RefusalException">It has no counterpart.</exception>
    public IReadOnlyList<Api.RouteResource> Convert(VirtualService service, FindingList findings)
    {
        if (service.ExportTo.Count > 0 && !service.ExportTo.Contains("*"))
        {
            findings.Lost(service, "spec.exportTo", "the route holds for callers of all namespaces", "move the Service, or leave it so");
        }

        return [.. new ContextFinder(service, backends).Find().SelectMany(context => Convert(service, context, findings))];
    }

    private IReadOnlyList<Api.RouteResource> Convert(VirtualService service, RouteContext context, FindingList findings)
    {
        var matches = new MatchReader(service, findings, usesPathPrefix);
        var actions = new ActionReader(service, context.Namespace, backends, channel, findings);
        var read = new Dictionary<int, MigratedAction>();
        var ordered = new List<OrderedMatch>();
        foreach (var rule in context.Rules)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"spec.http[{rule.Index}]");
            var action = read[rule.Index] = actions.Read(rule.Rule, path);
            IEnumerable<int> indices = rule.Matches.Count == 0 ? [-1] : rule.Matches;
            foreach (var index in indices)
            {
                var request = index < 0 ? null : rule.Rule.Match[index];
                var place = index < 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}.match[{index}]");
                ordered.AddRange(matches.Read(request, action.DependsOnMatch, place).Select(terms =>
                    new OrderedMatch(terms, ordered.Count, rule.Index, place, ReplacedPrefix(request))));
            }
        }

        return new RouteBuilder(service, context, read).Build(OrderKeeper.Keep(_algebra, ordered), IsGrpc(context, service));
    }

    /// <summary>A rule that does not ask for the path matches the prefix <c>/</c> (<c>route.go: TranslateRouteMatch</c>).</summary>
    private static string? ReplacedPrefix(HttpMatchRequest? match) => match?.Uri is { IsPresence: false } uri ? uri.Prefix : "/";

    private bool IsGrpc(RouteContext context, VirtualService service) => context.Rules.SelectMany(rule => rule.Rule.Route)
        .Select(route => backends.Find(backends.Full(route.Destination.Host, service.Namespace)))
        .DefaultIfEmpty().All(known => known?.Protocol == "grpc");
}
