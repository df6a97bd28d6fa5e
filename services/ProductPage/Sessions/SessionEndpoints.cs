using Microsoft.AspNetCore.Mvc;

namespace Bookinfo.ProductPage.Sessions;

/// <summary><c>POST /login</c> and <c>GET /logout</c>. Signing in is saying a name: the sample checks no password, the rules only need to know who asks.</summary>
internal static class SessionEndpoints
{
    private const int LongestForm = 8 * 1024;

    public static void MapSessions(this IEndpointRouteBuilder app, SessionCookie sessions)
    {
        app.MapPost("/login", context => LogInAsync(context, sessions)).WithMetadata(new RequestSizeLimitAttribute(LongestForm));
        app.MapGet("/logout", LogOut);
    }

    private static async Task LogInAsync(HttpContext context, SessionCookie sessions)
    {
        if (CrossOrigin.IsForeign(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var user = await ReadUserAsync(context.Request);
        if (user is null || !UserName.IsAcceptable(user))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (user.Length == 0)
        {
            context.Response.Cookies.Delete(SessionCookie.Name, CookieOptions(context.Request));
        }
        else
        {
            context.Response.Cookies.Append(SessionCookie.Name, sessions.Sign(user), CookieOptions(context.Request));
        }

        GoBack(context);
    }

    private static Task LogOut(HttpContext context)
    {
        context.Response.Cookies.Delete(SessionCookie.Name, CookieOptions(context.Request));
        GoBack(context);
        return Task.CompletedTask;
    }

    // Null: no form, or none that can be read.
    private static async Task<string?> ReadUserAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? (await request.ReadFormAsync(request.HttpContext.RequestAborted))["username"].ToString().Trim() : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static void GoBack(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(WayBack.From(context.Request));
    }

    private static CookieOptions CookieOptions(HttpRequest request) => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = request.IsHttps, Path = "/" };
}
