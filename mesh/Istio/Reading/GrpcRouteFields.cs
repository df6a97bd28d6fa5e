using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a GRPCRoute of the Gateway API.</summary>
internal static class GrpcRouteFields
{
    public static GrpcRoute Read(ObjectReader spec, Metadata metadata, SourceMap source) =>
        RouteFields.Route(spec, new GrpcRoute
        {
            Metadata = metadata,
            Source = source,
            Rules = spec.Objects("rules", "GRPCRouteRule", Rule),
        });

    private static GrpcRouteRule Rule(ObjectReader rule) => RouteFields.Rule(rule, "GRPCBackendRef", "GRPCRouteFilter", new GrpcRouteRule
    {
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
    });
}
