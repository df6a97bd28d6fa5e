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

    /// <summary>What <c>PUT /api/rules</c> would say to these rules.</summary>
    private static async Task<Ok<List<ProblemEntry>>> CheckAsync(HttpRequest request, RuleStore store) =>
        TypedResults.Ok(ProblemEntry.From(store.Check([new RuleSource(SourceName, await RuleBody.ReadAsync(request))]).Problems));

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
