using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.TrafficConsole.Guard;

/// <summary>
/// Keeps other web sites out: a browser on this machine reaches the console, and so does any page it has open. A request must name a host
/// of ours, and one that changes something must come from the console's own page or from no page at all. (OWASP, Cross-Site Request Forgery
/// Prevention: verifying origin with standard headers.)
/// </summary>
/// <param name="next">The rest of the way.</param>
/// <param name="hosts">Names that are ours.</param>
internal sealed class RequestGuard(RequestDelegate next, AllowedHosts hosts)
{
    /// <summary>Lets the request through, or answers 403.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (!hosts.Allows(request.Host.Host, context.Connection.LocalIpAddress))
        {
            return RefuseAsync(context,
                $"The host '{request.Host.Host}' is not one of the console's names. Use its IP address or localhost, or allow the name "
                + "where the console is started.");
        }

        if (!IsReading(request.Method) && IsForeign(request))
        {
            return RefuseAsync(context, "A page of another web site may not change anything here.");
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }

    private static bool IsReading(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>
    /// Programs such as curl send neither header. A browser sends Origin with whatever is not GET or HEAD, and Sec-Fetch-Site wherever the
    /// site counts as safe.
    /// </summary>
    private static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
        {
            return !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is not ("" or "same-origin" or "none");
    }

    private static Task RefuseAsync(HttpContext context, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
}
