using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.ServiceDefaults;

/// <summary>How a pod is broken on purpose: the body of its fault switch.</summary>
/// <param name="Percent">The share of requests that fail, 0 to 100.</param>
/// <param name="Status">The HTTP status they fail with, 400 to 599; 0 lets them through after the delay.</param>
/// <param name="DelayMilliseconds">How long they wait first, 0 to 3600000.</param>
public sealed record Fault(double Percent = 100, int Status = 503, double DelayMilliseconds = 0)
{
    /// <returns>What is wrong with the values, and what would be right; null where they are right.</returns>
    public string? FindProblem() =>
        Percent is not (>= 0 and <= 100) ? "percent should be a number from 0 to 100"
        : Status is not (0 or (>= 400 and <= 599)) ? "status should be an HTTP status from 400 to 599, or 0 for a delay without an error"
        : DelayMilliseconds is not (>= 0 and <= 3_600_000) ? "delayMilliseconds should be a number from 0 to 3600000"
        : null;
}

/// <summary>
/// Breaks this pod on purpose while its probes stay green, so that only the mesh can find out: <c>PUT /fault</c>
/// <c>{"percent":100,"status":503,"delayMilliseconds":0}</c>, <c>GET /fault</c>, <c>DELETE /fault</c>. There only with
/// <c>FAULT_SWITCH=true</c>.
/// </summary>
internal sealed class FaultSwitch(TimeProvider time, Random random)
{
    public const string Path = "/fault";

    private const string NoFault = "a fault is an object of numbers: percent, status and delayMilliseconds";

    private static readonly Fault None = new(0, 0);

    private volatile Fault _fault = None;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (path, fault) = (context.Request.Path, _fault);
        var passes = fault == None || path.StartsWithSegments(Probes.Prefix) || path.StartsWithSegments(Path)
            || random.NextDouble() * 100 >= fault.Percent;
        return passes ? next(context) : ApplyAsync(fault, context, next);
    }

    public Fault Show() => _fault;

    public Fault Heal() => _fault = None;

    // The body is read whatever media type it claims to have: curl's default is a form.
    public async Task<IResult> BreakAsync(HttpRequest request)
    {
        var (fault, problem) = await ReadAsync(request);
        if (fault is null || problem is not null)
        {
            return TypedResults.Json(new ErrorAnswer(problem ?? NoFault), FaultJson.Default.ErrorAnswer,
                statusCode: StatusCodes.Status400BadRequest);
        }

        return TypedResults.Json(_fault = fault, FaultJson.Default.Fault);
    }

    private static async Task<(Fault? Fault, string? Problem)> ReadAsync(HttpRequest request)
    {
        try
        {
            var fault = await JsonSerializer.DeserializeAsync(request.Body, FaultJson.Default.Fault, request.HttpContext.RequestAborted);
            return (fault, fault?.FindProblem());
        }
        catch (JsonException problem)
        {
            return (null, $"{NoFault}; {problem.Path ?? "the body"} is something else");
        }
    }

    private async Task ApplyAsync(Fault fault, HttpContext context, RequestDelegate next)
    {
        if (fault.DelayMilliseconds > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), time, context.RequestAborted);
        }

        if (fault.Status == 0)
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = fault.Status;
        await context.Response.WriteAsJsonAsync(new ErrorAnswer("fault switch"), FaultJson.Default.ErrorAnswer,
            cancellationToken: context.RequestAborted);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class FaultJson : JsonSerializerContext;

internal static class FaultSwitchExtensions
{
    public static void AddFaultSwitch(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.Flag("FAULT_SWITCH"))
        {
            builder.Services.AddSingleton<FaultSwitch>();
        }
    }

    public static void UseFaultSwitch(this WebApplication app)
    {
        if (app.Services.GetService<FaultSwitch>() is not { } faults)
        {
            return;
        }

        app.Use(next => context => faults.InvokeAsync(context, next));
        app.MapGet(FaultSwitch.Path, () => TypedResults.Json(faults.Show(), FaultJson.Default.Fault)).ExcludeFromDescription();
        app.MapPut(FaultSwitch.Path, faults.BreakAsync).ExcludeFromDescription();
        app.MapDelete(FaultSwitch.Path, () => TypedResults.Json(faults.Heal(), FaultJson.Default.Fault)).ExcludeFromDescription();
    }
}
