using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Bookinfo.Web;

/// <summary><c>/static/*</c>.</summary>
internal static class StaticEndpoints
{
    public static void MapStaticFiles(this IEndpointRouteBuilder app) => app.MapMethods("/static/{**name}", Verbs.Reading, Serve);

    private static Task Serve(HttpContext context)
    {
        var response = context.Response;
        if (StaticAssets.Find(context.Request.RouteValues["name"] as string ?? "") is not { } asset)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // A URL with another version comes from a page of another release: its reader gets what there is, and keeps it no longer than this once.
        response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = asset.ETag;
        if (HasCopy(context.Request, asset))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = asset.ContentType;
        response.ContentLength = asset.Content.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(asset.Content, context.RequestAborted).AsTask();
    }

    // If-None-Match compares weakly and may name several, RFC 9110, 13.1.2.
    private static bool HasCopy(HttpRequest request, StaticAsset asset) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == asset.ETag);
}
