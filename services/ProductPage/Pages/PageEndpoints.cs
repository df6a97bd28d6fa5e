using Bookinfo.ProductPage.Sessions;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary><c>/productpage</c>, and the front page at <c>/</c> and <c>/index.html</c>.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder app, BookServices books, SessionCookie sessions, ServiceIdentity self)
    {
        app.MapMethods("/", StaticEndpoints.ReadMethods, FrontAsync);
        app.MapMethods("/index.html", StaticEndpoints.ReadMethods, FrontAsync);
        app.MapMethods("/productpage", StaticEndpoints.ReadMethods, async context =>
        {
            var (details, reviews) = await books.PageAsync(context.Request);
            await AnswerAsync(context, (html, user) => BookPage.Write(html, user, details, reviews, self));
        });

        Task FrontAsync(HttpContext context) => AnswerAsync(context, (html, user) => FrontPage.Write(html, user, self));

        Task AnswerAsync(HttpContext context, Action<HtmlWriter, string?> write)
        {
            // Two readers, or one reader twice, may see different releases: nothing may keep a page.
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/html; charset=utf-8";
            write(new HtmlWriter(context.Response.BodyWriter), sessions.UserOf(context.Request));
            return context.Response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
        }
    }
}
