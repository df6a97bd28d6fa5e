using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>What was changed, and how to take it back.</summary>
internal static class HistoryApi
{
    public static void MapHistoryApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/history", (RuleStore store) => TypedResults.Ok(store.History));
        app.MapPost("/api/history/{number:long}/undo", Undo);
    }

    private static Results<NoContent, ProblemHttpResult> Undo(long number, HttpRequest request, RuleStore store) =>
        store.Undo(number, Author.Of(request)) switch
        {
            null => TypedResults.Problem(
                $"There is no change {number} to undo. GET /api/history lists the last {RuleStore.Kept}.",
                statusCode: StatusCodes.Status404NotFound),
            { HasErrors: true } rules => Refusal.Of(rules.Problems),
            _ => TypedResults.NoContent(),
        };
}
