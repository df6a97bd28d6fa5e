using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Cors;
using Bookinfo.Mesh.Proxy.Faults;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Proxy.Routing;

/// <summary>One rule with one of its matches, compiled: Envoy's route.</summary>
internal sealed class Route
{
    /// <summary>The name of the route of a service without rules, as in Istio.</summary>
    public const string DefaultName = "default";

    /// <summary>
    /// For the access log: the rule's name, with the match's behind a dot; <see cref="DefaultName"/> for a service without rules.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Where it stands in the rules, for explanations; null for a service without rules.</summary>
    public RouteOrigin? Origin { get; init; }

    public required RouteMatch Match { get; init; }

    public required RouteAction Action { get; init; }

    public FaultInjection? Fault { get; init; }

    public CorsFilter? Cors { get; init; }

    public HeaderChanges? ResponseHeaders { get; init; }
}

/// <summary>Where a route stands in the rules.</summary>
/// <param name="VirtualService">The VirtualService.</param>
/// <param name="RuleIndex">Position in <c>spec.http</c>.</param>
/// <param name="MatchIndex">Position in the rule's <c>match</c>; -1 for a rule without one.</param>
internal sealed record RouteOrigin(VirtualService VirtualService, int RuleIndex, int MatchIndex)
{
    /// <summary>Every match of every rule of a VirtualService.</summary>
    public static IEnumerable<RouteOrigin> AllOf(VirtualService service) => service.Http.SelectMany((rule, i) =>
        rule.Match.Count == 0 ? [new RouteOrigin(service, i, -1)] : rule.Match.Select((_, m) => new RouteOrigin(service, i, m)));

    /// <summary>The resource that has it: the VirtualService, or what that was made of.</summary>
    public Resource Resource => Rule.Origin?.Resource ?? VirtualService;

    /// <summary><c>spec.http[0].match[1]</c>, or where it stands in what the VirtualService was made of.</summary>
    public string Path => Rule.Origin is { } origin
        ? MatchIndex >= 0 && MatchIndex < origin.Matches.Count ? origin.Matches[MatchIndex] : origin.Path
        : MatchIndex < 0 ? $"spec.http[{RuleIndex}]" : $"spec.http[{RuleIndex}].match[{MatchIndex}]";

    private HttpRoute Rule => VirtualService.Http[RuleIndex];
}
