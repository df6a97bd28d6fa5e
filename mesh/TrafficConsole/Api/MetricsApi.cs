using Bookinfo.Mesh.Proxy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>What the mesh counted, for Prometheus: text format 0.0.4, Istio's metric names.</summary>
internal static class MetricsApi
{
    private const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetricsApi(this IEndpointRouteBuilder app) => app.MapGet("/metrics", Get);

    private static ContentHttpResult Get(MeshServer mesh)
    {
        using var text = new StringWriter { NewLine = "\n" };
        mesh.WriteMetrics(text);
        return TypedResults.Text(text.ToString(), MediaType);
    }
}
