using System.Globalization;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>The rules in force: read, replaced and added to, as YAML.</summary>
internal static class RulesApi
{
    /// <summary>What a request's problems print as the file.</summary>
    private const string SourceName = "rules.yaml";

    /// <summary>A name that no rule in force comes from: what is said under it is about the draft.</summary>
    private const string DraftName = "draft";
    private const string WarningCount = "X-Rules-Warnings";

    public static void MapRulesApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/rules", Get);
        app.MapPut("/api/rules", PutAsync);
        app.MapPatch("/api/rules", PatchAsync);
        app.MapPost("/api/rules/check", CheckAsync);
        app.MapGet("/api/problems", GetProblems);
        app.MapPost("/api/reset", ResetAsync);
    }

    private static ContentHttpResult Get(RuleStore store) =>
        TypedResults.Text(RuleWriter.Write(store.InForce.Rules, store.Statuses), "application/yaml; charset=utf-8");

    private static Ok<List<ProblemEntry>> GetProblems(RuleStore store)
    {
        var rules = store.InForce;
        var beneath = new Problem(Severity.Note, "", 0, 0, "",
            $"beneath these rules the base stays in force: {string.Join(", ", rules.Beneath)}", null);
        return TypedResults.Ok(ProblemEntry.From(rules.Beneath.Count > 0 ? rules.Problems.Append(beneath) : rules.Problems));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(HttpRequest request, RuleStore store)
    {
        var text = await RuleBody.ReadAsync(request);
        return Answer(store.Replace([new RuleSource(SourceName, text)], Author.Of(request)), request.HttpContext.Response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PatchAsync(HttpRequest request, RuleStore store)
    {
        var text = await RuleBody.ReadAsync(request);
        return Answer(store.Apply([new RuleSource(SourceName, text)], Author.Of(request)), request.HttpContext.Response);
    }

    /// <summary>
    /// What <c>PUT /api/rules</c> would say to these rules; with <c>?method=PATCH</c>, what that would say about this text.
    /// </summary>
    private static async Task<Results<Ok<List<ProblemEntry>>, ProblemHttpResult>> CheckAsync(
        HttpRequest request, RuleStore store, string? method)
    {
        var text = await RuleBody.ReadAsync(request);
        return method switch
        {
            null or "PUT" => TypedResults.Ok(ProblemEntry.From(store.Check([new RuleSource(SourceName, text)]).Problems)),
            "PATCH" => TypedResults.Ok(CheckApplied(store, text)),
            _ => TypedResults.Problem(
                $"method is {method}; it should be PUT or PATCH.", statusCode: StatusCodes.Status400BadRequest),
        };
    }

    /// <summary>What is wrong with the draft, and what would be wrong with other rules because of it, which have no line in it.</summary>
    private static List<ProblemEntry> CheckApplied(RuleStore store, string draft)
    {
        var known = store.InForce.Problems;
        return
        [
            .. store.CheckApplied([new RuleSource(DraftName, draft)]).Problems
                .Where(problem => problem.File == DraftName || !known.Contains(problem))
                .Select(problem => ProblemEntry.From(problem.File == DraftName
                    ? problem with { File = SourceName }
                    : problem with { File = "", Line = 0, Column = 0 })),
        ];
    }

    /// <summary>The rules of the start, every pod up and healthy, counts from 0. A canary under way ends.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ResetAsync(
        HttpRequest request, RuleStore store, PodFaults pods, CanaryRunner canary, ConsoleOptions options, CancellationToken cancellation)
    {
        canary.Command((run, now) => run.Abort(now, "everything was reset"));
        var answer = Answer(store.Reset(Author.Of(request)), request.HttpContext.Response);
        if (options.PodControl is { } control)
        {
            await control.ResetAsync(cancellation);
        }

        var left = await pods.HealAllAsync(cancellation);
        return left.Count == 0
            ? answer
            : TypedResults.Problem(
                $"The rules of the start are in force again, but these pods could not be healed: {string.Join(", ", left)}.",
                statusCode: StatusCodes.Status502BadGateway);
    }

    private static Results<NoContent, ProblemHttpResult> Answer(PreparedRules rules, HttpResponse response)
    {
        if (rules.HasErrors)
        {
            return Refusal.Of(rules.Problems);
        }

        var warnings = rules.Problems.Count(problem => problem.Severity != Severity.Note);
        if (warnings > 0)
        {
            response.Headers[WarningCount] = warnings.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.NoContent();
    }
}
