using System.Globalization;
using Bookinfo.Mesh.Istio;
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
        app.MapGet("/api/problems", GetProblems);
        app.MapPost("/api/reset", Reset);
    }

    private static ContentHttpResult Get(RuleStore store) =>
        TypedResults.Text(RuleWriter.Write(store.InForce.Rules), "application/yaml; charset=utf-8");

    private static Ok<List<ProblemEntry>> GetProblems(RuleStore store)
    {
        var rules = store.InForce;
        var beneath = new Problem(Severity.Note, "", 0, 0, "", $"beneath these rules the base stays in force: {string.Join(", ", rules.Beneath)}", null);
        return TypedResults.Ok(ProblemEntry.From(rules.Beneath.Count > 0 ? rules.Problems.Append(beneath) : rules.Problems));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(HttpRequest request, RuleStore store)
    {
        var text = await RuleBody.ReadAsync(request);
        return Answer(store.Replace(new RuleSource(SourceName, text)), request.HttpContext.Response);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> PatchAsync(HttpRequest request, RuleStore store)
    {
        var text = await RuleBody.ReadAsync(request);
        return Answer(store.Apply(new RuleSource(SourceName, text)), request.HttpContext.Response);
    }

    private static Results<NoContent, ProblemHttpResult> Reset(HttpResponse response, RuleStore store) => Answer(store.Reset(), response);

    private static Results<NoContent, ProblemHttpResult> Answer(PreparedRules rules, HttpResponse response)
    {
        if (rules.HasErrors)
        {
            return Refusal.Of(rules.Problems);
        }

        var warnings = rules.Problems.Count(problem => problem.Severity == Severity.Warning);
        if (warnings > 0)
        {
            response.Headers[WarningCount] = warnings.ToString(CultureInfo.InvariantCulture);
        }

        return TypedResults.NoContent();
    }
}
