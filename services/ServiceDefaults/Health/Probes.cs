using Bookinfo.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bookinfo.ServiceDefaults.Health;

/// <summary>
/// The kubelet's three questions: <c>/health/startup</c> (has it begun?), <c>/health/live</c> (should it be restarted?) and <c>/health/ready</c> (should it
/// get requests?). 200 <c>{"status":"ready"}</c>, or 503 <c>{"status":"not ready","problems":["..."]}</c>.
/// </summary>
internal sealed class Probes(IHostApplicationLifetime lifetime, Draining draining, IEnumerable<IReadinessCheck> checks)
{
    private static readonly byte[] Live = """{"status":"live"}"""u8.ToArray();
    private static readonly byte[] Ready = """{"status":"ready"}"""u8.ToArray();
    private static readonly byte[] Started = """{"status":"started"}"""u8.ToArray();

    private readonly IReadinessCheck[] _checks = [.. checks];

    public static Task LiveAsync(HttpContext context) => context.Response.WriteJsonAsync(StatusCodes.Status200OK, Live);

    public Task StartupAsync(HttpContext context) => lifetime.ApplicationStarted.IsCancellationRequested
        ? context.Response.WriteJsonAsync(StatusCodes.Status200OK, Started)
        : NotYetAsync(context, "not started", ["starting"]);

    public async Task ReadyAsync(HttpContext context)
    {
        var problems = new List<string>();
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            problems.Add("starting");
        }

        if (draining.HasBegun)
        {
            problems.Add("draining");
        }

        foreach (var check in _checks)
        {
            if (await check.FindProblemAsync(context.RequestAborted) is { } problem)
            {
                problems.Add(problem);
            }
        }

        await (problems.Count == 0 ? context.Response.WriteJsonAsync(StatusCodes.Status200OK, Ready) : NotYetAsync(context, "not ready", problems));
    }

    private static Task NotYetAsync(HttpContext context, string status, IEnumerable<string> problems) =>
        context.Response.WriteJsonAsync(StatusCodes.Status503ServiceUnavailable, (status, problems), static (writer, answer) =>
        {
            writer.WriteString("status"u8, answer.status);
            writer.WriteStartArray("problems"u8);
            foreach (var problem in answer.problems)
            {
                writer.WriteStringValue(problem);
            }

            writer.WriteEndArray();
        });
}

internal static class ProbeEndpoints
{
    public const string Prefix = "/health";

    public static void MapProbes(this IEndpointRouteBuilder app)
    {
        var services = app.ServiceProvider;
        var probes = new Probes(
            services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<Draining>(), services.GetServices<IReadinessCheck>());
        app.MapGet($"{Prefix}/live", Probes.LiveAsync);
        app.MapGet($"{Prefix}/ready", probes.ReadyAsync);
        app.MapGet($"{Prefix}/startup", probes.StartupAsync);
    }
}
