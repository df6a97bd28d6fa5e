using System.Text.RegularExpressions;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Rules of GRPCRoute, for those that it can say: by service and method and by headers, without times, new paths and CORS.
/// </summary>
internal static partial class GrpcRules
{
    /// <summary>Whether GRPCRoute can say it, so that the same requests match.</summary>
    public static bool Fits(IReadOnlyList<OrderedMatch> matches, MigratedAction action) =>
        action is { Timeout: null, TryTimeout: null, Retry: null, Redirect: null, RewriteHost: null, RewritePath: null }
        && action.Filters.All(filter => filter.Type != Api.RouteFilterType.Cors)
        && matches.All(match => match.Terms is { Method: null, QueryParameters.Count: 0, Path.IsExpression: false } terms
            && (terms.Path.Kind == PathTermKind.Any
                || (terms.Path.Kind == PathTermKind.Exact && CallPath().IsMatch(terms.Path.Text))));

    /// <summary>The rule.</summary>
    public static Api.GrpcRouteRule Of(IReadOnlyList<OrderedMatch> matches, MigratedAction action) => new()
    {
        Name = action.Name,
        Matches = matches[0].Terms.IsAny ? [] : [.. matches.Select(match => Of(match.Terms))],
        Filters = action.Filters,
        BackendRefs = action.Backends,
        SessionPersistence = action.Session,
    };

    private static Api.GrpcRouteMatch Of(MatchTerms terms) => new()
    {
        Method = terms.Path.Kind == PathTermKind.Exact && CallPath().Match(terms.Path.Text) is { } call
            ? new Api.GrpcMethodMatch { Service = call.Groups[1].Value, Method = call.Groups[2].Value } : null,
        Headers = terms.ToApi().Headers,
    };

    /// <summary>The path of a call: <c>/service/method</c>.</summary>
    [GeneratedRegex(@"^/([A-Za-z_][A-Za-z_0-9]*(?:\.[A-Za-z_][A-Za-z_0-9]*)*)/([A-Za-z_][A-Za-z_0-9]*)\z")]
    private static partial Regex CallPath();
}
