using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bookinfo.ServiceDefaults.Hosting;

/// <summary>RFC 9457 problem details: a status, its name, and the trace to look for. Never what went wrong inside.</summary>
internal static class ProblemDetails
{
    private const string MediaType = "application/problem+json";

    public static Task WriteAsync(HttpContext context, int status) =>
        context.Response.WriteJsonAsync(status, (status, trace: TraceId(context)), static (writer, problem) =>
        {
            writer.WriteString("type"u8, "about:blank"u8);
            writer.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(problem.status));
            writer.WriteNumber("status"u8, problem.status);
            writer.WriteString("traceId"u8, problem.trace);
        }, MediaType);

    // Without a tracer the caller's own trace still names the request; without either, Kestrel's number does.
    private static string TraceId(HttpContext context)
    {
        if (Activity.Current is { } activity)
        {
            return activity.TraceId.ToHexString();
        }

        return ActivityContext.TryParse(context.Request.Headers.TraceParent, null, out var caller) ? caller.TraceId.ToHexString() : context.TraceIdentifier;
    }
}
