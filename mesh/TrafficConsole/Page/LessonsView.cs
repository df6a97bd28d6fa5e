using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The rules that are offered by name. A link shows one; with a script, a button applies it.</summary>
internal static class LessonsView
{
    public static void Write(HtmlWriter html, IReadOnlyList<Lesson> lessons)
    {
        if (lessons.Count == 0)
        {
            return;
        }

        html.Write($"""
            <section class="card" aria-labelledby="lessons">
            <header><h2 id="lessons">Rules to try</h2><p class="quiet">Each is applied on top of what is in force.</p></header>
            <ul class="lessons">

            """);
        foreach (var lesson in lessons)
        {
            html.Write($"""
                <li><a href="/lessons/{lesson.Name}"><code>{lesson.Name}</code></a><span class="quiet">{lesson.Summary}</span><button type="button" data-lesson="{lesson.Name}" hidden>Apply</button></li>

                """);
        }

        html.Write($"""
            </ul>
            </section>

            """);
    }
}
