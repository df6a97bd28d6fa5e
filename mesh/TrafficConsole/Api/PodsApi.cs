using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Ends a pod and starts it again, where this process runs the pods.</summary>
internal static class PodsApi
{
    public static void MapPodsApi(this IEndpointRouteBuilder app)
    {
        app.MapDelete("/api/pods/{name}", (string name, ConsoleOptions options) =>
            ChangeAsync(name, options, pods => pods.KillAsync(name)));
        app.MapPost("/api/pods/{name}/start", (string name, ConsoleOptions options, CancellationToken cancellation) =>
            ChangeAsync(name, options, pods => pods.StartAsync(name, cancellation)));
    }

    /// <summary>The answer where another process runs the pods.</summary>
    public static ProblemHttpResult RunElsewhere() => TypedResults.Problem(
        "The pods run in processes of their own. Stop, start and configure them there, for example in the Aspire dashboard.",
        statusCode: StatusCodes.Status409Conflict);

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangeAsync(
        string name, ConsoleOptions options, Func<IPodControl, Task> change)
    {
        if (options.Mesh.Pods.All(pod => pod.Name != name))
        {
            return TypedResults.Problem(
                $"There is no pod {name}; GET /api/topology names them.", statusCode: StatusCodes.Status404NotFound);
        }

        if (options.PodControl is not { } pods)
        {
            return RunElsewhere();
        }

        try
        {
            await change(pods);
            return TypedResults.NoContent();
        }
        catch (IOException e)
        {
            return TypedResults.Problem($"The pod {name} does not start: {e.Message}", statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
