using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Support;

/// <summary>What a <see cref="StandIn"/> may answer.</summary>
public static class Answers
{
    /// <summary>200 with that body, as JSON.</summary>
    public static RequestDelegate Json(string body) => Status(StatusCodes.Status200OK, body);

    /// <summary>200 with that body, and the headers by which Bookinfo's services say who they are.</summary>
    public static RequestDelegate Json(string body, string release, string pod) => context =>
    {
        context.Response.Headers["x-bookinfo-release"] = release;
        context.Response.Headers["x-bookinfo-pod"] = pod;
        return Json(body)(context);
    };

    /// <summary>That status, with that body.</summary>
    public static RequestDelegate Status(int status, string body = "") => context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
    };

    /// <summary>One answer after another; the last one for ever.</summary>
    public static RequestDelegate InTurn(params RequestDelegate[] answers)
    {
        var next = -1;
        return context => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](context);
    }

    /// <summary>No answer for as long as the caller waits.</summary>
    public static async Task Silence(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has had enough, which is the point.
        }
    }

    /// <summary>The same; <paramref name="gone"/> completes when the caller stops waiting.</summary>
    public static RequestDelegate Silence(TaskCompletionSource gone) => async context =>
    {
        await Silence(context);
        gone.TrySetResult();
    };

    /// <summary>The first byte, then nothing.</summary>
    public static async Task SilenceInTheBody(HttpContext context)
    {
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        await Silence(context);
    }

    /// <summary>The connection ends without an answer.</summary>
    public static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The connection ends after the first byte of many.</summary>
    public static async Task BreakOffInTheBody(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{");
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>White space until the caller has had enough.</summary>
    public static async Task Endless(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        chunk.AsSpan().Fill((byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(chunk);
        }
    }
}
