using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The tour beside the map. A script brings the steps, in English and in Japanese.</summary>
internal static class TourView
{
    public static void Write(HtmlWriter html) => html.Write($"""
        <section class="card" id="tour" aria-labelledby="tour-title" hidden>
        <header><p class="quiet" id="tour-place"></p><h2 id="tour-title" tabindex="-1"></h2></header>
        <div class="prose" id="tour-text"></div>
        <ol class="tasks">
        <li id="tour-act-task"><p id="tour-act-text"></p><div class="buttons"><button type="button" class="main" id="tour-act"></button><span class="said good" id="tour-acted" role="status"></span></div></li>
        <li id="tour-guess-task"><label for="tour-guess" id="tour-question"></label><div class="buttons"><input type="number" id="tour-guess" min="0" value=""><button type="button" id="tour-read"></button></div></li>
        </ol>
        <p class="said" id="tour-verdict" role="status"></p>
        <p class="prose" id="tour-lesson" hidden></p>
        <div class="buttons"><button type="button" id="tour-back"></button><button type="button" id="tour-undo"></button><button type="button" class="main" id="tour-next"></button></div>
        </section>

        """);
}
