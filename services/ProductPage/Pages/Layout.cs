using Bookinfo.ProductPage.Sessions;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>What every page begins and ends with.</summary>
internal static class Layout
{
    /// <summary>The files of the pages.</summary>
    public static StaticAssets Assets { get; } = new(typeof(Layout).Assembly);

    private static readonly TrustedHtml Palette = Assets.UrlOf(StaticAssets.Palette);
    private static readonly TrustedHtml Style = Assets.UrlOf("page.css");
    private static readonly TrustedHtml Icon = Assets.UrlOf(StaticAssets.Icon);

    /// <summary>Everything before the content of <c>main</c>.</summary>
    /// <param name="html">The page so far: nothing.</param>
    /// <param name="user">Who is signed in, or null.</param>
    public static void WriteHead(this HtmlWriter html, string? user)
    {
        // The title is the original's: Istio's own instructions look for it.
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Simple Bookstore App</title>
            <link rel="stylesheet" href="{Palette}">
            <link rel="stylesheet" href="{Style}">
            <link rel="icon" type="image/svg+xml" href="{Icon}">
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="head">
            <a class="brand" href="/productpage"><img src="{Icon}" alt="" width="30" height="30">Bookinfo</a>

            """);
        if (user is null)
        {
            html.WriteSignIn();
        }
        else
        {
            html.Write($"""
                <div class="reader"><p>Signed in as <strong>{user}</strong></p> <a class="button quiet" href="/logout">Sign out</a></div>

                """);
        }

        html.Write($"""
            </header>
            <main id="main" tabindex="-1">

            """);
    }

    /// <summary>Ends <c>main</c>, and says who made the page.</summary>
    public static void WriteFoot(this HtmlWriter html, string release, string pod)
    {
        html.Write($"""
            </main>
            <footer class="foot">
            <p class="served">Page served by: <code>{pod}</code> <span class="release">{release}</span></p>
            </footer>
            </body>
            </html>

            """);
    }

    private static void WriteSignIn(this HtmlWriter html) => html.Write($"""
        <form class="reader" method="post" action="/login">
        <label>Name <input name="username" required maxlength="{UserName.LongestName}" autocomplete="username"
          autocapitalize="none" spellcheck="false" placeholder="jason"></label>
        <label>Password (any) <input name="passwd" type="password" autocomplete="off"></label>
        <button type="submit">Sign in</button>
        </form>

        """);
}
