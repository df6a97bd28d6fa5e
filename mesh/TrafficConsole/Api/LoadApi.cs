using Bookinfo.Mesh.TrafficConsole.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Starts, changes and stops the load that the console can send through its own gateway.</summary>
internal static class LoadApi
{
    public static void MapLoadApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/load", (LoadGenerator load) => TypedResults.Ok(load.Status));
        app.MapPut("/api/load", Put);
    }

    private static Results<Ok<LoadStatus>, ProblemHttpResult> Put(LoadSettings settings, LoadGenerator load)
    {
        if (settings.Problem is { } problem)
        {
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        }

        try
        {
            load.Set(settings);
            return TypedResults.Ok(load.Status);
        }
        catch (InvalidOperationException e)
        {
            return TypedResults.Problem(e.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
