using System.Net;
using System.Net.Http.Json;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>How a pod is broken on purpose: the body of its fault switch.</summary>
/// <param name="Percent">The share of answers, 0 to 100.</param>
/// <param name="Status">The status they have in place of the true one; 0 for a delay alone.</param>
/// <param name="DelayMilliseconds">How long they wait first.</param>
public sealed record Fault(double Percent = 100, int Status = 503, double DelayMilliseconds = 0)
{
    /// <summary>An hour: longer than anything waits, and short enough for every timer.</summary>
    private const double LongestDelay = 3_600_000;

    /// <summary>What no pod can do, and what would be right; null where all is well. A number that is too large for JSON is infinite here.</summary>
    internal string? Problem =>
        Percent is not (>= 0 and <= 100) ? "percent: give a number from 0 to 100."
        : Status is not (0 or (>= 200 and <= 599)) ? $"status: {Status} is not an HTTP status. Give 0, or a number from 200 to 599."
        : DelayMilliseconds is not (>= 0 and <= LongestDelay) ? $"delayMilliseconds: give a number from 0 to {LongestDelay}."
        : null;
}

/// <summary>Breaks and heals a pod by the fault switch it has itself, past the mesh: what the mesh then sees is a pod that really fails.</summary>
internal static class FaultApi
{
    public static void MapFaultApi(this IEndpointRouteBuilder app)
    {
        app.MapPut("/api/pods/{name}/fault", BreakAsync);
        app.MapDelete("/api/pods/{name}/fault", HealAsync);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> BreakAsync(
        string name, Fault fault, MeshServer mesh, ConsoleOptions options, PodClient pods, CancellationToken cancellation) =>
        fault.Problem is { } problem
            ? TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest)
            : await SwitchAsync(
                name, HttpMethod.Put, JsonContent.Create(fault, ConsoleJson.Default.Fault), mesh, options, pods, cancellation);

    private static Task<Results<NoContent, ProblemHttpResult>> HealAsync(
        string name, MeshServer mesh, ConsoleOptions options, PodClient pods, CancellationToken cancellation) =>
        SwitchAsync(name, HttpMethod.Delete, content: null, mesh, options, pods, cancellation);

    private static async Task<Results<NoContent, ProblemHttpResult>> SwitchAsync(
        string name, HttpMethod method, HttpContent? content, MeshServer mesh, ConsoleOptions options, PodClient pods, CancellationToken cancellation)
    {
        var pod = mesh.Pods.FirstOrDefault(pod => pod.Name == name);
        if (pod is null)
        {
            return TypedResults.Problem($"There is no pod {name}; GET /api/topology names them.", statusCode: StatusCodes.Status404NotFound);
        }

        using var request = new HttpRequestMessage(method, $"http://{pod.Address}/fault") { Content = content };
        if (options.Services.Any(service => service.Name == pod.Workload.App && service.Protocol == "grpc"))
        {
            // A gRPC server without TLS speaks HTTP/2 alone.
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        try
        {
            using var answer = await pods.Http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode
                ? TypedResults.NoContent()
                : TypedResults.Problem(
                    $"The pod {name} has no fault switch, or does not take this: it answered {(int)answer.StatusCode}.",
                    statusCode: StatusCodes.Status409Conflict);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return TypedResults.Problem($"The pod {name} at {pod.Address} did not answer in time.", statusCode: StatusCodes.Status504GatewayTimeout);
        }
        catch (HttpRequestException e)
        {
            return TypedResults.Problem($"The pod {name} cannot be reached at {pod.Address}: {e.Message}", statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
