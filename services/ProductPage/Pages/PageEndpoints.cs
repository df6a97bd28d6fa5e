using Bookinfo.ProductPage.Sessions;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary><c>/productpage</c>, the front page at <c>/</c> and <c>/index.html</c>, and <c>/health</c>.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription();
        pages.MapMethods("/", StaticEndpoints.ReadMethods, GetFrontPage);
        pages.MapMethods("/index.html", StaticEndpoints.ReadMethods, GetFrontPage);
        pages.MapMethods("/productpage", StaticEndpoints.ReadMethods, GetBookPage);
        app.MapMethods("/health", StaticEndpoints.ReadMethods, () => TypedResults.Text("Product page is healthy"))
            .WithSummary("That the service answers");
    }

    private static HtmlPage GetFrontPage(HttpRequest request, SessionCookie sessions, ServiceIdentity self)
    {
        var user = sessions.UserOf(request);
        return new(html => FrontPage.Write(html, user, self));
    }

    private static async Task<HtmlPage> GetBookPage(HttpRequest request, BookServices books, SessionCookie sessions, ServiceIdentity self)
    {
        var user = sessions.UserOf(request);
        var (details, reviews) = await books.PageAsync(request);
        return new(html => BookPage.Write(html, user, details, reviews, self));
    }
}
