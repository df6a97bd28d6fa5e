using Microsoft.Extensions.Primitives;

namespace Bookinfo.ProductPage;

/// <summary>What browsers are told about every answer: nothing from elsewhere, no script, no frame around it.</summary>
internal static class SecurityHeaders
{
    private static readonly StringValues Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly StringValues NoSniff = "nosniff";

    // Not no-referrer: signing in returns to where one was, and browsers would send the form with "Origin: null".
    private static readonly StringValues Referrer = "same-origin";

    private static readonly StringValues Resource = "same-origin";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = NoSniff;
        headers["Referrer-Policy"] = Referrer;
        headers["Cross-Origin-Resource-Policy"] = Resource;
        return next(context);
    });
}
