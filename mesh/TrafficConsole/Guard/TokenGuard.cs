using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.TrafficConsole.Guard;

/// <summary>
/// Keeps strangers out of a console that listens beyond this machine: a request carries the token that was printed at the start. A program
/// sends it as a bearer (RFC 6750, section 2.1). A browser opens <c>/?token=TOKEN</c> once and gets a cookie, because neither a link nor an
/// EventSource can send a header. A health probe needs none.
/// </summary>
/// <param name="next">The rest of the way.</param>
/// <param name="token">The token.</param>
internal sealed class TokenGuard(RequestDelegate next, string token)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    /// <summary>Lets the request through, signs a browser in, or answers 401.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/health" || Carries(request, Cookie(context)))
        {
            return next(context);
        }

        if (request.Path == "/" && HttpMethods.IsGet(request.Method) && IsToken(request.Query["token"].ToString()))
        {
            return SignIn(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(
            "This console needs its token. In a browser, open the link that was printed when it started; a program sends the header "
            + "'Authorization: Bearer TOKEN'.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    // A browser sends a cookie to every port of a host; the name keeps two consoles on one host apart.
    private static string Cookie(HttpContext context) => $"bookinfo-console-{context.Connection.LocalPort}";

    private bool Carries(HttpRequest request, string cookie)
    {
        const string Scheme = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? IsToken(authorization[Scheme.Length..].Trim())
            : request.Cookies.TryGetValue(cookie, out var value) && IsToken(value);
    }

    private bool IsToken(string text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), _token);

    /// <summary>Leaves the token out of the address that the browser shows and remembers.</summary>
    private Task SignIn(HttpContext context)
    {
        context.Response.Cookies.Append(Cookie(context), token,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true, Path = "/" });
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.Headers.Location = "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}
