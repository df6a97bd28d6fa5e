using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a GRPCRoute of the Gateway API.</summary>
internal static class GrpcRouteFields
{
    public static GrpcRoute Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        ParentRefs = RouteFields.Parents(spec),
        Hostnames = spec.Texts("hostnames"),
        Rules = spec.Objects("rules", "GRPCRouteRule", Rule),
    };

    private static GrpcRouteRule Rule(ObjectReader rule) => new()
    {
        Name = rule.Text("name"),
        Matches = rule.Objects("matches", "GRPCRouteMatch", match => new GrpcRouteMatch
        {
            Method = match.Object("method", "GRPCMethodMatch", method => new GrpcMethodMatch
            {
                Type = RouteFields.MatchType(method),
                Service = method.Text("service"),
                Method = method.Text("method"),
            }),
            Headers = RouteFields.Values(match, "headers", "GRPCHeaderMatch"),
        }),
        Filters = RouteFilterFields.Read(rule, "GRPCRouteFilter"),
        BackendRefs = RouteFields.Backends(rule, "GRPCBackendRef", "GRPCRouteFilter"),
    };
}
