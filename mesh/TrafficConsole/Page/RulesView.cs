using System.Globalization;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>The rules in force, and what is to be said about them. A script makes the text an editor.</summary>
internal static class RulesView
{
    public static void Write(HtmlWriter html, RuleStore store)
    {
        var (rules, problems) = store.InForce;
        html.Write($"""
            <section class="card" id="rules-card" aria-labelledby="rules">
            <header><h2 id="rules">Active rules</h2><p class="quiet" id="edited" role="status" hidden></p></header>
            <div class="buttons" id="editing" hidden>
            <button type="button" class="main" data-send="PUT" title="Ctrl+Enter">Replace all rules</button>
            <button type="button" data-send="PATCH">Apply on top</button>
            <button type="button" id="reload">Show the active rules</button>
            <p class="said" id="said" role="status"></p>
            </div>
            <ul class="problems" id="problems">

            """);
        foreach (var problem in problems)
        {
            WriteProblem(html, problem);
        }

        // A line break right after the tag is not part of the text.
        html.Write($"""
            </ul>
            <label for="yaml">Istio's YAML, several resources with <code>---</code> between them</label>
            <div class="editor"><div class="gutter" id="gutter" aria-hidden="true" hidden></div>
            <textarea id="yaml" readonly spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off">
            {RuleWriter.Write(rules)}</textarea></div>
            </section>

            """);
    }

    private static void WriteProblem(HtmlWriter html, Problem problem)
    {
        var severity = problem.Severity.ToString();
        var place = problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{problem.File}:{problem.Line}:{problem.Column}: ")
            : "";
        html.Write($"""
            <li class="{severity.ToLowerInvariant()}"><strong>{severity}</strong> <code>{place}{problem.Path}</code> {problem.Message}{(problem.Suggestion is { } suggestion ? $" ({suggestion})" : "")}</li>

            """);
    }
}
