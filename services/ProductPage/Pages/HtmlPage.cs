using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>A page as the result of an endpoint, written straight into the response.</summary>
internal sealed class HtmlPage(Action<HtmlWriter> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Two readers, or one reader twice, may see different releases: no cache may keep a page.
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        write(new HtmlWriter(httpContext.Response.BodyWriter));
        return httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }
}
