using System.Text.Json;
using Bookinfo.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.ServiceDefaults.Faults;

/// <summary>
/// Breaks this pod on purpose while its probes stay green, so that only the mesh can find out: <c>PUT /fault</c>
/// <c>{"percent":100,"status":503,"delayMilliseconds":0}</c>, <c>GET /fault</c>, <c>DELETE /fault</c>.
/// </summary>
internal sealed class FaultSwitch(TimeProvider time, Random random)
{
    public const string Path = "/fault";

    private volatile Fault? _fault;

    public async Task ApplyAsync(HttpContext context, RequestDelegate next)
    {
        if (_fault is not { } fault || random.NextDouble() * 100 >= fault.Percent)
        {
            await next(context);
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, time, context.RequestAborted);
        }

        if (fault.Status == 0)
        {
            await next(context);
            return;
        }

        await context.Response.WriteJsonAsync(fault.Status, 0, static (writer, _) => writer.WriteString("error"u8, "fault switch"u8));
    }

    public Task ShowAsync(HttpContext context) => context.Response.WriteJsonAsync(StatusCodes.Status200OK, _fault, static (writer, fault) =>
    {
        writer.WriteNumber("percent"u8, fault?.Percent ?? 0);
        writer.WriteNumber("status"u8, fault?.Status ?? 0);
        writer.WriteNumber("delayMilliseconds"u8, fault?.Delay.TotalMilliseconds ?? 0);
    });

    public async Task BreakAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            _fault = FaultReader.Read(body.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            await context.Response.WriteJsonAsync(StatusCodes.Status400BadRequest, problem.Message, static (writer, message) => writer.WriteString("error"u8, message));
            return;
        }

        await ShowAsync(context);
    }

    public Task HealAsync(HttpContext context)
    {
        _fault = null;
        return ShowAsync(context);
    }
}
