using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.ServiceDefaults.Telemetry;

/// <summary>
/// Gives the server's spans a name and the attributes of OpenTelemetry's semantic conventions for HTTP. ASP.NET Core 10 starts and ends them, and leaves
/// that to others; the client's spans come complete.
/// </summary>
internal static class ServerSpans
{
    public static void UseServerSpans(this WebApplication app)
    {
        if (TelemetrySettings.Read(app.Configuration).IsOn)
        {
            app.Use(next => context => DescribeAsync(context, next));
        }
    }

    private static async Task DescribeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span)
            {
                Describe(span, context);
            }
        }
    }

    private static void Describe(Activity span, HttpContext context)
    {
        var (request, status) = (context.Request, context.Response.StatusCode);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? request.Method : $"{request.Method} {route}";
        span.SetTag("http.request.method", request.Method);
        span.SetTag("http.route", route);
        span.SetTag("url.scheme", request.Scheme);
        span.SetTag("url.path", request.Path.Value);
        span.SetTag("server.address", request.Host.Host);
        span.SetTag("server.port", request.Host.Port);
        span.SetTag("user_agent.original", request.Headers.UserAgent is { Count: > 0 } agent ? agent.ToString() : null);
        span.SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
