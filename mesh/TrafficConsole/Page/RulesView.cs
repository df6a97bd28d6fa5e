using System.Globalization;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Web;

namespace Bookinfo.Mesh.TrafficConsole.Page;

/// <summary>
/// The rules in force, and what is to be said about them. A script makes the text an editor of one rule at a time, with all rules listed
/// at its side.
/// </summary>
internal static class RulesView
{
    public static void Write(HtmlWriter html, RuleStore store)
    {
        var (rules, problems) = store.InForce;
        html.Write($"""
            <section class="card" id="rules-card" aria-labelledby="rules">
            <header><h2 id="rules">Active rules</h2><p class="quiet" id="edited" role="status" hidden></p></header>
            <div class="rules">
            <nav class="resources" id="resources" aria-label="The rules" hidden>
            <ul id="resource-list"></ul>
            <details id="base"><summary>The base beneath them</summary><ul id="base-list"></ul></details>
            <div class="buttons"><label class="aside" for="new-kind">Kind of the new rule</label><select id="new-kind"></select>
            <button type="button" id="new-rule">New rule</button></div>
            <a href="/api/rules">All rules as YAML</a>
            </nav>
            <div class="rule">
            <div class="buttons" id="editing" hidden>
            <button type="button" class="main" id="apply" title="Ctrl+Enter">Apply</button>
            <button type="button" id="discard">Discard the draft</button>
            <button type="button" id="delete">Delete the rule</button>
            <button type="button" id="copy-rule">Copy into a new rule</button>
            <p class="said" id="said" role="status"></p>
            </div>
            <label for="yaml" id="yaml-label">Istio's YAML</label>
            <div class="editor"><div class="gutter" id="gutter" aria-hidden="true" hidden></div>
            <textarea id="yaml" readonly spellcheck="false" autocapitalize="none" autocomplete="off" wrap="off" aria-describedby="problems">

            """);

        // A line break right after the tag is not part of the text.
        html.Write($"""
            {RuleWriter.Write(rules)}</textarea></div>
            <ul class="problems" id="problems" aria-label="Problems">

            """);
        foreach (var problem in problems)
        {
            WriteProblem(html, problem);
        }

        html.Write($"""
            </ul>
            </div>
            </div>
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
