using System.Text;
using System.Text.Json;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>
/// Runs a canary of Argo's files on the mesh. <c>POST /api/canary?from=v1</c> with YAML starts one; <c>pause</c>, <c>resume</c>,
/// <c>promote</c>, <c>abort</c> and <c>retry</c> steer it; <c>GET /api/canary/events</c> pushes how it stands.
/// </summary>
internal static class CanaryApi
{
    /// <summary>How soon a change is seen.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(150);

    /// <summary>The state is sent again after this time even where nothing changed: the watcher sees that the console lives.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(2);

    public static void MapCanaryApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/canary", (CanaryRunner runner) => TypedResults.Ok(runner.State));
        app.MapPost("/api/canary", StartAsync);
        app.MapGet("/api/canary/events", WatchAsync);
        app.MapPost("/api/canary/pause", (CanaryRunner runner) => Do(runner, (run, now) => run.SetPaused(now, paused: true)));
        app.MapPost("/api/canary/resume", (CanaryRunner runner) => Do(runner, (run, now) => run.SetPaused(now, paused: false)));
        app.MapPost("/api/canary/promote", (CanaryRunner runner, bool? full) => Do(runner, (run, now) => run.Promote(now, full ?? false)));
        app.MapPost("/api/canary/abort", (CanaryRunner runner) => Do(runner, (run, now) => run.Abort(now)));
        app.MapPost("/api/canary/retry", (CanaryRunner runner) => Do(runner, (run, now) => run.Retry(now)));
    }

    private static async Task<Results<Ok<CanaryState>, ProblemHttpResult>> StartAsync(
        HttpRequest request, CanaryRunner runner, ConsoleOptions options, string? from, string? to, string? service, int? fewestRequests,
        string? file)
    {
        var text = await RuleBody.ReadAsync(request);
        if (from is null)
        {
            return Problem("from is missing: name the release that has the traffic, ?from=v1.", StatusCodes.Status400BadRequest);
        }

        if (fewestRequests is < 0)
        {
            return Problem("fewestRequests: give 0 or more.", StatusCodes.Status400BadRequest);
        }

        try
        {
            var asked = new CanaryRequest(from, to, service, fewestRequests ?? QueryProvider.DefaultFewestRequests);
            var problems = runner.Start(new RuleSource(file ?? "rollout.yaml", text), asked, options.Services);
            return problems.Count == 0 ? TypedResults.Ok(runner.State) : Refused(problems);
        }
        catch (InvalidOperationException e)
        {
            return Problem(e.Message, StatusCodes.Status409Conflict);
        }
    }

    private static Results<Ok<CanaryState>, ProblemHttpResult> Do(
        CanaryRunner runner, Action<Rollouts.Control.RolloutRun, DateTimeOffset> command) => runner.Command(command)
            ? TypedResults.Ok(runner.State)
            : Problem("There is no canary. Start one first.", StatusCodes.Status409Conflict);

    private static async Task WatchAsync(HttpContext context, CanaryRunner runner, TimeProvider time)
    {
        var (response, stop) = (context.Response, context.RequestAborted);
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        using var timer = new PeriodicTimer(Step, time);
        var (sent, sentAt) = ("", 0L);
        do
        {
            var state = JsonSerializer.Serialize(runner.State, CanaryJson.Default.CanaryState);
            if (state != sent || time.GetElapsedTime(sentAt) >= Heartbeat)
            {
                (sent, sentAt) = (state, time.GetTimestamp());
                await response.WriteAsync($"event: canary\ndata: {state}\n\n", Encoding.UTF8, stop);
                await response.Body.FlushAsync(stop);
            }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private static ProblemHttpResult Refused(IReadOnlyList<Problem> problems) => TypedResults.Problem(
        title: "The canary was not started.",
        detail: problems[0].ToString(),
        statusCode: StatusCodes.Status422UnprocessableEntity,
        extensions: new Dictionary<string, object?> { ["problems"] = ProblemEntry.From(problems) });

    private static ProblemHttpResult Problem(string detail, int status) => TypedResults.Problem(detail, statusCode: status);
}
