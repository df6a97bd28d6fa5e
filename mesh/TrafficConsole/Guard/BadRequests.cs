using System.Text.Json;
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
            if (context.Response is { StatusCode: StatusCodes.Status415UnsupportedMediaType, HasStarted: false })
            {
                await TypedResults.Problem("Send the body as application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType)
                    .ExecuteAsync(context);
            }
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            var detail = e.InnerException is JsonException json ? $"The body cannot be read: {json.Message}" : e.Message;
            await TypedResults.Problem(detail, statusCode: e.StatusCode).ExecuteAsync(context);
        }
    }
}
