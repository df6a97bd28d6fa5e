using Bookinfo.Mesh.TrafficConsole.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Breaks and heals a pod.</summary>
internal static class FaultApi
{
    public static void MapFaultApi(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/pods/{name}/fault", BreakAsync);
        app.MapDelete("/api/pods/{name}/fault", HealAsync);
    }

    private static Task<Results<NoContent, ProblemHttpResult>> BreakAsync(
        string name, Fault fault, PodFaults pods, CancellationToken cancellation) =>
        fault.FindProblem() is { } problem
            ? Task.FromResult<Results<NoContent, ProblemHttpResult>>(
                TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest))
            : SwitchAsync(name, fault, pods, cancellation);

    private static Task<Results<NoContent, ProblemHttpResult>> HealAsync(string name, PodFaults pods, CancellationToken cancellation) =>
        SwitchAsync(name, fault: null, pods, cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> SwitchAsync(
        string name, Fault? fault, PodFaults pods, CancellationToken cancellation)
    {
        try
        {
            await pods.SwitchAsync(name, fault, cancellation);
            return TypedResults.NoContent();
        }
        catch (PodFaultException e)
        {
            return TypedResults.Problem(e.Message, statusCode: (int)e.Status);
        }
    }
}
