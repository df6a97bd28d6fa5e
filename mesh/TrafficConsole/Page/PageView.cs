using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The whole page: traffic and pods on one side, rules on the other.</summary>
internal static class PageView
{
    private static readonly StaticAssets _assets = new(typeof(PageView).Assembly);
    private static readonly TrustedHtml _palette = _assets.UrlOf(StaticAssets.Palette);
    private static readonly TrustedHtml _style = _assets.UrlOf("console.css");
    private static readonly TrustedHtml _script = _assets.UrlOf("console.js");
    private static readonly TrustedHtml _icon = _assets.UrlOf(StaticAssets.Icon);

    /// <summary>The files of the page.</summary>
    public static StaticAssets Assets => _assets;

    public static void Write(HtmlWriter html, ConsoleOptions options, string? bookPage, bool sinceStart)
    {
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Traffic console</title>
            <link rel="stylesheet" href="{_palette}">
            <link rel="stylesheet" href="{_style}">
            <link rel="icon" type="image/svg+xml" href="{_icon}">
            <script src="{_script}" defer></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="head">
            <div class="brand"><img src="{_icon}" alt="" width="30" height="30"><h1>Traffic console</h1></div>
            <p class="stale" id="stale" role="status" hidden>No answer from the console; what you see is old.</p>

            """);
        if (bookPage is not null)
        {
            html.Write($"""
                <a href="{bookPage}">The book page</a>

                """);
        }

        html.Write($"""
            <a href="/metrics">Metrics</a>
            </header>
            <main id="main" tabindex="-1">
            <div class="column">
            <section class="card" aria-labelledby="traffic" id="live">

            """);
        TrafficView.Write(html, options, sinceStart);
        html.Write($"""
            </section>

            """);
        PodsView.Write(html, options);
        html.Write($"""
            </div>
            <div class="column">

            """);
        ExamplesView.Write(html, options.Examples);
        RulesView.Write(html, options.Rules);
        html.Write($"""
            </div>
            </main>
            </body>
            </html>

            """);
    }
}
