using System.Globalization;
using Bookinfo.Mesh.GatewayApi.Parents;
using Bookinfo.Mesh.Istio.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.GatewayApi.Routes;

/// <summary>
/// Turns the rules of a route into those of a VirtualService, one for each match (<c>conversion.go: convertHTTPRoute,
/// convertGRPCRoute</c>).
/// </summary>
internal sealed class RouteConverter(Backends backends)
{
    /// <summary>The API server's default for a route without rules and a rule without matches.</summary>
    private static readonly Api.HttpRouteMatch AnyRequest = new();

    /// <summary>Istio's, where a rule retries and does not say how often.</summary>
    private const int DefaultAttempts = 2;

    /// <param name="resource">The route.</param>
    /// <param name="meshParent">The Service or ServiceEntry whose calls inside the mesh it is for; null at a gateway.</param>
    /// <param name="refusal">What is wrong with a backend; null for nothing.</param>
    public IReadOnlyList<HttpRoute> Convert(Api.RouteResource resource, Api.ParentReference? meshParent, out Refusal? refusal)
    {
        var routes = new List<HttpRoute>();
        refusal = null;
        var isMesh = meshParent is not null;
        foreach (var (rule, ruleIndex, matches) in Rules(resource))
        {
            var converted = Convert(resource, WithBackends(rule, meshParent), ruleIndex, isMesh, out var wrong);
            refusal ??= wrong;
            routes.AddRange(matches.Select(match => converted with
            {
                Match = match.Request is null ? [] : [match.Request],
                Origin = new RuleOrigin(resource, match.Path),
            }));
        }

        return routes;
    }

    /// <summary>The rules with their matches; one without a request takes everything.</summary>
    private static IEnumerable<(Api.RouteRule Rule, int Index, IEnumerable<(HttpMatchRequest? Request, string Path)> Matches)> Rules(
        Api.RouteResource resource)
    {
        if (resource is Api.GrpcRoute grpc)
        {
            return grpc.Rules.Select((rule, i) => ((Api.RouteRule)rule, i, rule.Matches.Count == 0
                ? [(null, RulePath(i))]
                : rule.Matches.Select((match, m) => ((HttpMatchRequest?)RouteMatches.Of(match), MatchPath(i, m)))));
        }

        var rules = ((Api.HttpRoute)resource).Rules;
        return (rules.Count > 0 ? rules : [new Api.HttpRouteRule()]).Select((rule, i) => ((Api.RouteRule)rule, i, rule.Matches.Count == 0
            ? [(RouteMatches.Of(AnyRequest), rules.Count > 0 ? RulePath(i) : "spec")]
            : rule.Matches.Select((match, m) => ((HttpMatchRequest?)RouteMatches.Of(match), MatchPath(i, m)))));
    }

    /// <summary>
    /// Under Linkerd a rule without backends leads to the Service that the route is for (<c>tasks/books.md</c> of linkerd/website); under
    /// Istio it answers 500.
    /// </summary>
    private static Api.RouteRule WithBackends(Api.RouteRule rule, Api.ParentReference? parent) =>
        rule.BackendRefs.Count > 0 || parent is not { Group: ParentKey.LinkerdsCore } ? rule : rule with
        {
            BackendRefs = [new Api.BackendRef { Name = parent.Name, Namespace = parent.Namespace, Port = parent.Port }],
        };

    private static string RulePath(int rule) => string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule}]");

    private static string MatchPath(int rule, int match) =>
        string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule}].matches[{match}]");

    private HttpRoute Convert(Api.RouteResource resource, Api.RouteRule rule, int index, bool isMesh, out Refusal? refusal)
    {
        var route = RouteFilters.Apply(
            new HttpRoute
            {
                Name = rule.Name ?? string.Create(CultureInfo.InvariantCulture, $"{resource.Namespace}.{resource.Name}.{index}"),
            },
            rule.Filters,
            (backend, filter) => (backends.Resolve(backend, resource,
                string.Create(CultureInfo.InvariantCulture, $"{RulePath(index)}.filters[{filter}].requestMirror.backendRef"), isMesh,
                out var wrong), wrong),
            out refusal);
        if (rule is Api.HttpRouteRule http)
        {
            route = WithTimes(route with { Retries = Retries(http.Retry) }, http.Timeouts);
        }

        if (rule.BackendRefs.Sum(backend => (long)(backend.Weight ?? 1)) == 0 && route.Redirect is null)
        {
            return route with { DirectResponse = new HttpDirectResponse { Status = 500 }, Mirrors = [], Rewrite = null };
        }

        return route with
        {
            Route = Destinations(resource, rule, RulePath(index), isMesh, ref refusal),
            Session = Session(resource, rule.SessionPersistence, index),
        };
    }

    /// <summary>A session without a name gets one of its own, as GEP-1619 asks for.</summary>
    private static SessionPolicy? Session(Api.RouteResource resource, Api.SessionPersistence? session, int index) =>
        session is null ? null : new SessionPolicy(
            session.SessionName ?? string.Create(CultureInfo.InvariantCulture, $"session-{resource.Namespace}.{resource.Name}.{index}"),
            session.Type == Api.SessionPersistenceType.Header, session.AbsoluteTimeout,
            session.LifetimeType == Api.CookieLifetime.Permanent);

    private List<HttpRouteDestination> Destinations(
        Api.RouteResource resource, Api.RouteRule rule, string path, bool isMesh, ref Refusal? refusal)
    {
        var destinations = new List<HttpRouteDestination>();
        foreach (var (backend, i) in rule.BackendRefs.Select((backend, i) => (backend, i)).Where(pair => pair.backend.Weight != 0))
        {
            var destination = backends.Resolve(backend, resource,
                string.Create(CultureInfo.InvariantCulture, $"{path}.backendRefs[{i}]"), isMesh, out var wrong);
            refusal = wrong ?? refusal;
            destinations.Add(new HttpRouteDestination
            {
                Destination = destination,
                Weight = backend.Weight ?? 1,
                Headers = RouteFilters.Headers(backend.Filters),
            });
        }

        return destinations;
    }

    private static HttpRetry? Retries(Api.HttpRouteRetry? retry)
    {
        if (retry is null)
        {
            return null;
        }

        var attempts = retry.Attempts ?? DefaultAttempts;
        string[] conditions = ["connect-failure", "refused-stream", "unavailable", "cancelled",
            .. retry.Codes.Select(code => code.ToString(CultureInfo.InvariantCulture))];
        return new HttpRetry
        {
            Attempts = attempts,
            RetryOn = attempts == 0 ? null : string.Join(',', conditions),
            Backoff = retry.Backoff,
        };
    }

    /// <summary>A time for each try is one for the request where nothing is tried again.</summary>
    private static HttpRoute WithTimes(HttpRoute route, Api.HttpRouteTimeouts? timeouts)
    {
        var request = NullIfZero(timeouts?.Request);
        var each = NullIfZero(timeouts?.BackendRequest);
        return route.Retries is { } retries && each is not null
            ? route with { Timeout = request, Retries = retries with { PerTryTimeout = each } }
            : route with { Timeout = each ?? request };
    }

    private static TimeSpan? NullIfZero(TimeSpan? time) => time == TimeSpan.Zero ? null : time;
}
