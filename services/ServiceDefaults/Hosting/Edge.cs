using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.ServiceDefaults.Hosting;

/// <summary>The outermost step: names the release and the pod on every response, and turns what nobody answered into problem details.</summary>
internal sealed class Edge(RequestDelegate next, ServiceIdentity identity, Draining draining, ILogger<Edge> logger)
{
    private readonly StringValues _release = identity.Release;
    private readonly StringValues _pod = identity.Pod;

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[EdgeHeaders.Release] = _release;
        headers[EdgeHeaders.Pod] = _pod;
        if (draining.HasBegun)
        {
            headers.Connection = "close";
        }

        Task answering;
        try
        {
            answering = next(context);
        }
        catch (Exception problem)
        {
            return FailAsync(context, problem);
        }

        // Most answers are complete by now; those cost no state machine.
        return answering.IsCompletedSuccessfully ? CompleteAsync(context) : AwaitAsync(context, answering);
    }

    private async Task AwaitAsync(HttpContext context, Task answering)
    {
        try
        {
            await answering;
        }
        catch (Exception problem)
        {
            await FailAsync(context, problem);
            return;
        }

        await CompleteAsync(context);
    }

    private static Task CompleteAsync(HttpContext context)
    {
        var response = context.Response;
        return response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentType is null
            ? ProblemDetails.WriteAsync(context, response.StatusCode)
            : Task.CompletedTask;
    }

    private Task FailAsync(HttpContext context, Exception problem)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        var status = problem is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        if (status == StatusCodes.Status500InternalServerError)
        {
            logger.LogError(problem, "{Method} {Path} failed", context.Request.Method, context.Request.Path.Value);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer is worse than none: the caller must see that it is not whole.
            context.Abort();
            return Task.CompletedTask;
        }

        return ProblemDetails.WriteAsync(context, status);
    }
}

internal static class EdgeExtensions
{
    public static void UseEdge(this WebApplication app)
    {
        var services = app.Services;
        var (identity, draining) = (services.GetRequiredService<ServiceIdentity>(), services.GetRequiredService<Draining>());
        var logger = services.GetRequiredService<ILogger<Edge>>();
        app.Use(next => new Edge(next, identity, draining, logger).InvokeAsync);
    }
}
