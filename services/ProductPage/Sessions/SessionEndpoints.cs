using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// <c>POST /login</c> and <c>GET /logout</c>. Signing in is saying a name: the sample checks no password, the rules only need to know who
/// asks.
/// </summary>
internal static class SessionEndpoints
{
    private const int LongestForm = 8 * 1024;

    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("").ExcludeFromDescription();
        sessions.MapPost("/login", LogInAsync).WithMetadata(new RequestSizeLimitAttribute(LongestForm));
        sessions.MapGet("/logout", LogOut);
    }

    private static async Task<Results<RedirectHttpResult, BadRequest, StatusCodeHttpResult>> LogInAsync(
        HttpContext context, [FromServices] SessionCookie sessions)
    {
        if (CrossOrigin.IsForeign(context.Request))
        {
            return TypedResults.StatusCode(StatusCodes.Status403Forbidden);
        }

        var user = await ReadUserAsync(context.Request);
        if (user is null || !UserName.IsAcceptable(user))
        {
            return TypedResults.BadRequest();
        }

        if (user.Length == 0)
        {
            context.Response.Cookies.Delete(SessionCookie.Name, CookieOptions(context.Request));
        }
        else
        {
            context.Response.Cookies.Append(SessionCookie.Name, sessions.Sign(user), CookieOptions(context.Request));
        }

        return GoBack(context);
    }

    private static RedirectHttpResult LogOut(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookie.Name, CookieOptions(context.Request));
        return GoBack(context);
    }

    // Null: no form, or none that can be read.
    private static async Task<string?> ReadUserAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))["username"].ToString()
                .Trim() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static RedirectHttpResult GoBack(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Redirect(WayBack.From(context.Request));
    }

    private static CookieOptions CookieOptions(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = request.IsHttps,
        Path = "/",
    };
}
