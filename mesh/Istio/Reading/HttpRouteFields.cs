using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of an HTTPRoute of the Gateway API.</summary>
internal static class HttpRouteFields
{
    public static HttpRoute Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        ParentRefs = RouteFields.Parents(spec),
        Hostnames = spec.Texts("hostnames"),
        Rules = spec.Objects("rules", "HTTPRouteRule", Rule),
    };

    private static HttpRouteRule Rule(ObjectReader rule) => new()
    {
        Name = rule.Text("name"),
        Matches = rule.Objects("matches", "HTTPRouteMatch", Match),
        Filters = RouteFilterFields.Read(rule, "HTTPRouteFilter"),
        BackendRefs = RouteFields.Backends(rule, "HTTPBackendRef", "HTTPRouteFilter"),
        Timeouts = rule.Object("timeouts", "HTTPRouteTimeouts", timeouts => new HttpRouteTimeouts
        {
            Request = timeouts.Duration("request"),
            BackendRequest = timeouts.Duration("backendRequest"),
        }),
    };

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
