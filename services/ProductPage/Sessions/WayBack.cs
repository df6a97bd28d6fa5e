namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// Where a reader goes after signing in or out: back to the page they came from, if it is one of ours, else to the book. The Referer is anybody's to write, so
/// its host is never used and its path only when it is one that we know.
/// </summary>
internal static class WayBack
{
    private static readonly string[] _pages = ["/productpage", "/", "/index.html"];

    public static string From(HttpRequest request)
    {
        var known = Uri.TryCreate(request.Headers.Referer.ToString(), UriKind.Absolute, out var from) && _pages.Contains(from.AbsolutePath);
        return known ? from!.PathAndQuery : _pages[0];
    }
}
