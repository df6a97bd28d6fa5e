using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The rules that are offered by name. A link shows one; with a script, a button applies it.</summary>
internal static class ExamplesView
{
    public static void Write(HtmlWriter html, IReadOnlyList<ExampleRules> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        html.Write($"""
            <section class="card" id="examples-card" aria-labelledby="examples">
            <header><h2 id="examples">Rules to try</h2><p class="quiet">Each is applied on top of the active rules.</p></header>
            <p class="said" id="example-said" role="status"></p>
            <ul class="examples">

            """);
        foreach (var example in examples)
        {
            html.Write($"""
                <li><a href="/examples/{example.Name}"><code>{example.Name}</code></a><span class="quiet" data-about="{example.Name}">{example.Summary}</span><button type="button" data-example="{example.Name}" aria-label="Apply {example.Name}" hidden>Apply</button></li>

                """);
        }

        html.Write($"""
            </ul>
            </section>

            """);
    }
}
