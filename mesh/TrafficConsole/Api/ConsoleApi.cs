using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Everything the console answers beside its page.</summary>
internal static class ConsoleApi
{
    public static void MapConsoleApi(this IEndpointRouteBuilder app)
    {
        app.MapRulesApi();
        app.MapResourcesApi();
        app.MapRequestsApi();
        app.MapTopologyApi();
        app.MapTrafficApi();
        app.MapMetricsApi();
        app.MapExplainApi();
        app.MapFaultApi();
        app.MapPodsApi();
        app.MapShiftApi();
        app.MapResilienceApi();
        app.MapHistoryApi();
        app.MapLoadApi();
        app.MapEventsApi();
        app.MapCanaryApi();
        app.MapGet("/health", () => TypedResults.Text("healthy"));
    }
}
