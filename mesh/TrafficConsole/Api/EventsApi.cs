using System.Text;
using Bookinfo.Mesh.TrafficConsole.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>
/// Server-sent events (WHATWG HTML, 9.2): each event <c>state</c> carries a whole <see cref="ConsoleState"/>, so that one that was missed
/// is not missing.
/// </summary>
internal static class EventsApi
{
    public static void MapEventsApi(this IEndpointRouteBuilder app) => app.MapGet("/api/events", WatchAsync);

    private static async Task WatchAsync(HttpContext context, StateFeed feed)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        await foreach (var state in feed.WatchAsync(context.RequestAborted))
        {
            await response.WriteAsync($"event: state\ndata: {state}\n\n", Encoding.UTF8, context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
