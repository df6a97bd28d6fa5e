using System.Net;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>
/// The console as a page. <c>/</c> is whole without a script; with one, <c>/live</c> is asked for the part that changes, and the rules can
/// be edited. What is shown is what was counted since the rules in force came into force, or since the start with <c>?since=start</c>.
/// </summary>
internal static class ConsolePage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri "
        + "'none'; frame-ancestors 'none'";

    public static void MapConsolePage(this IEndpointRouteBuilder app, ConsoleOptions options)
    {
        app.MapStaticFiles(PageView.Assets);
        app.MapMethods("/", StaticEndpoints.ReadMethods, context =>
            AnswerAsync(context, html => PageView.Write(html, options, BookPage(options, context.Request), SinceStart(context.Request))));
        app.MapMethods("/live", StaticEndpoints.ReadMethods,
            context => AnswerAsync(context, html => TrafficView.Write(html, options, SinceStart(context.Request))));
        app.MapMethods("/examples/{**name}", StaticEndpoints.ReadMethods,
            context => AnswerExampleAsync(context, [.. options.Examples, .. options.Rollouts]));
    }

    private static bool SinceStart(HttpRequest request) => request.Query["since"] == "start";

    // A gateway on every address is reached under the name by which the console was.
    private static string? BookPage(ConsoleOptions options, HttpRequest request) => options.Mesh.Gateway is not { } gateway
        ? null
        : gateway.Address.Equals(IPAddress.Any) || gateway.Address.Equals(IPAddress.IPv6Any)
            ? $"http://{request.Host.Host}:{gateway.Port}/productpage"
            : $"http://{gateway}/productpage";

    private static async Task AnswerAsync(HttpContext context, Action<HtmlWriter> write)
    {
        var response = context.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        response.ContentType = "text/html; charset=utf-8";
        write(new HtmlWriter(response.BodyWriter));
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task AnswerExampleAsync(HttpContext context, IReadOnlyList<ExampleRules> examples)
    {
        var response = context.Response;
        // A slash in the name comes as it is or encoded, which the server leaves.
        var name = Uri.UnescapeDataString(context.Request.RouteValues["name"] as string ?? "");
        if (examples.FirstOrDefault(example => example.Name == name) is not { } example)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        // Plain text, so that a browser shows it in place of offering a download.
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(example.Yaml, context.RequestAborted);
    }
}
