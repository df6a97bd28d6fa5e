using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The whole page: traffic and pods on one side, rules on the other.</summary>
internal static class PageView
{
    /// <summary>The files of the page.</summary>
    public static StaticAssets Assets { get; } = new(typeof(PageView).Assembly);

    private static readonly TrustedHtml Palette = Assets.UrlOf(StaticAssets.Palette);
    private static readonly TrustedHtml Style = Assets.UrlOf("console.css");
    private static readonly TrustedHtml CanaryStyle = Assets.UrlOf("canary.css");
    private static readonly TrustedHtml RulesStyle = Assets.UrlOf("rules.css");
    private static readonly TrustedHtml PresentStyle = Assets.UrlOf("present.css");
    private static readonly TrustedHtml Script = Assets.UrlOf("console.js");
    private static readonly TrustedHtml Icon = Assets.UrlOf(StaticAssets.Icon);

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
            <link rel="stylesheet" href="{Palette}">
            <link rel="stylesheet" href="{Style}">
            <link rel="stylesheet" href="{CanaryStyle}">
            <link rel="stylesheet" href="{RulesStyle}">
            <link rel="stylesheet" href="{PresentStyle}">
            <link rel="icon" type="image/svg+xml" href="{Icon}">
            <script type="module" src="{Script}"></script>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header class="head">
            <div class="brand"><img src="{Icon}" alt="" width="30" height="30"><h1>Traffic console</h1></div>

            """);
        ControlView.WriteLoad(html);
        html.Write($"""
            <nav class="links">
            <button type="button" id="tour-open" aria-expanded="false" aria-controls="tour" hidden>Tour</button>
            <button type="button" id="language" hidden>日本語</button>
            <button type="button" id="present" hidden>Present (P)</button>
            <button type="button" id="theme" hidden>Dark</button>
            <button type="button" id="reset" hidden>Reset everything</button>

            """);
        if (bookPage is not null)
        {
            html.Write($"""
                <a href="{bookPage}">The book page</a>

                """);
        }

        html.Write($"""
            <a href="/metrics">Metrics</a>
            </nav>
            <p class="banner" id="stale" role="alert" hidden></p>
            <p class="said" id="reset-said" role="status"></p>
            </header>
            <main id="main" tabindex="-1">
            <div class="wide">

            """);
        GraphView.Write(html, options);
        TourView.Write(html);
        CanaryView.Write(html, options);
        html.Write($"""
            </div>
            <div class="column">

            """);
        ControlView.WriteShift(html);
        ControlView.WriteRelease(html);
        ControlView.WriteResilience(html);
        html.Write($"""
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
        ControlView.WriteHistory(html);
        ControlView.WriteWhy(html);
        ExamplesView.Write(html, options.Examples);
        html.Write($"""
            </div>
            <div class="below">

            """);
        RulesView.Write(html, options.Rules);
        html.Write($"""
            </div>
            </main>
            </body>
            </html>

            """);
    }
}
