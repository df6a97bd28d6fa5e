using Microsoft.Extensions.Primitives;

namespace Bookinfo.ProductPage;

/// <summary>What browsers are told about every answer: nothing from elsewhere, no script, no frame around it.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues _policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly StringValues _noSniff = "nosniff";

    // Not no-referrer: signing in returns to where one was, and browsers would send the form with "Origin: null".
    private static readonly StringValues _referrer = "same-origin";

    private static readonly StringValues _resource = "same-origin";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = _noSniff;
        headers["Referrer-Policy"] = _referrer;
        headers["Cross-Origin-Resource-Policy"] = _resource;
        return next(context);
    });
}
