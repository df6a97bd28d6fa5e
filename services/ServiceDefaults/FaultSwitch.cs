using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

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

    public void Use(WebApplication app)
    {
        app.Use(InvokeAsync);
        app.MapGet(Path, () => TypedResults.Json(_fault, AnswersJson.Default.Fault)).ExcludeFromDescription();
        app.MapPut(Path, BreakAsync).ExcludeFromDescription();
        app.MapDelete(Path, () => TypedResults.Json(_fault = None, AnswersJson.Default.Fault)).ExcludeFromDescription();
    }

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var (path, fault) = (context.Request.Path, _fault);
        if (fault == None || path.StartsWithSegments(Probes.Prefix) || path.StartsWithSegments(Path)
            || random.NextDouble() * 100 >= fault.Percent)
        {
            await next(context);
            return;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), time, context.RequestAborted);
        await (fault.Status == 0 ? next(context)
            : TypedResults.Json(new("fault switch"), AnswersJson.Default.ErrorAnswer, statusCode: fault.Status).ExecuteAsync(context));
    }

    // The body is read whatever media type it claims to have: curl's default is a form.
    private async Task<IResult> BreakAsync(HttpRequest request)
    {
        var problem = NoFault;
        try
        {
            var fault = await JsonSerializer.DeserializeAsync(request.Body, AnswersJson.Default.Fault, request.HttpContext.RequestAborted);
            if (fault is not null && (problem = fault.FindProblem()) is null)
            {
                return TypedResults.Json(_fault = fault, AnswersJson.Default.Fault);
            }
        }
        catch (JsonException json)
        {
            problem = $"{NoFault}; {json.Path ?? "the body"} is something else";
        }

        return TypedResults.Json(new(problem), AnswersJson.Default.ErrorAnswer, statusCode: StatusCodes.Status400BadRequest);
    }
}
