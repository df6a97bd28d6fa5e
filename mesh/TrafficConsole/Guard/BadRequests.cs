using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.TrafficConsole.Guard;

/// <summary>Answers a request that cannot be read (too long, not UTF-8, no JSON) with problem details and its own status.</summary>
/// <param name="next">The rest of the way.</param>
internal sealed class BadRequests(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await TypedResults.Problem(e.Message, statusCode: e.StatusCode).ExecuteAsync(context);
        }
    }
}
