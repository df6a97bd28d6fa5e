using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of an HTTPRoute of the Gateway API.</summary>
internal static class HttpRouteFields
{
    public static HttpRoute Read(ObjectReader spec, Metadata metadata, SourceMap source) =>
        RouteFields.Route(spec, new HttpRoute
        {
            Metadata = metadata,
            Source = source,
            Rules = spec.Objects("rules", "HTTPRouteRule", Rule),
        });

    private static HttpRouteRule Rule(ObjectReader rule) => RouteFields.Rule(rule, "HTTPBackendRef", "HTTPRouteFilter", new HttpRouteRule
    {
        Matches = rule.Objects("matches", "HTTPRouteMatch", Match),
        Timeouts = rule.Object("timeouts", "HTTPRouteTimeouts", timeouts => new HttpRouteTimeouts
        {
            Request = timeouts.Duration("request"),
            BackendRequest = timeouts.Duration("backendRequest"),
        }),
        Retry = !rule.IsExperimental ? null : rule.Object("retry", "HTTPRouteRetry", retry => new HttpRouteRetry
        {
            Codes = retry.UInt32s("codes"),
            Attempts = retry.Int32("attempts"),
            Backoff = retry.Duration("backoff"),
        }),
    });

    private static HttpRouteMatch Match(ObjectReader match) => new()
    {
        Path = match.Object("path", "HTTPPathMatch", path => new PathMatch
        {
            Type = path.Name("type", GatewayApiNames.PathMatch),
            Value = path.Text("value"),
        }),
        Headers = RouteFields.Values(match, "headers", "HTTPHeaderMatch"),
        QueryParams = RouteFields.Values(match, "queryParams", "HTTPQueryParamMatch"),
        Method = match.Text("method"),
    };
}
