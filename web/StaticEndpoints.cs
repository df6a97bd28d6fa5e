using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Bookinfo.Web;

/// <summary>The endpoints of pages and their files.</summary>
public static class StaticEndpoints
{
    /// <summary>The methods that a page or a file answers to.</summary>
    public static IReadOnlyList<string> ReadMethods { get; } = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps <c>/static/{name}</c>.</summary>
    /// <param name="app">The application.</param>
    /// <param name="assets">The files.</param>
    public static IEndpointConventionBuilder MapStaticFiles(this IEndpointRouteBuilder app, StaticAssets assets) =>
        app.MapMethods("/static/{**name}", ReadMethods, context => ServeAsync(context, assets));

    private static async Task ServeAsync(HttpContext context, StaticAssets assets)
    {
        var response = context.Response;
        if (assets.Find(context.Request.RouteValues["name"] as string ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A URL with another version comes from a page of another release: its reader gets this version, and must ask again next time.
        response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = asset.ETag;
        if (HasCopy(context.Request, asset))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(asset.Content, context.RequestAborted);
        }
    }

    // If-None-Match compares weakly and may name several (RFC 9110, 13.1.2).
    private static bool HasCopy(HttpRequest request, StaticAsset asset) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == asset.ETag);
}
