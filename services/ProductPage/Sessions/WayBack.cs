namespace Bookinfo.ProductPage.Sessions;

/// <summary>
/// Where a reader goes after signing in or out: back to the page they came from, if it is one of ours, else to the book. Never more than a
/// path that we know:
/// the Referer is anybody's to write.
/// </summary>
internal static class WayBack
{
    private const string TheBook = "/productpage";

    private static readonly string[] Pages = [TheBook, "/", "/index.html"];

    public static string From(HttpRequest request) =>
        OwnHost.Read(request, request.Headers.Referer) is { } from && Pages.Contains(from.AbsolutePath) ? from.PathAndQuery : TheBook;
}
