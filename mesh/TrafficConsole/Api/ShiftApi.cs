using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>What is asked for.</summary>
/// <param name="Release">The version label of the release that gets more.</param>
/// <param name="Percent">How many of a hundred requests are moved to it, 1 to 100.</param>
public sealed record Shift(string Release, int Percent);

/// <summary>
/// Splits traffic over the releases of a service, for those who have a button or a slider and do not want to write YAML.
/// <c>GET /api/rules</c> shows the rule that comes of it.
/// </summary>
internal static class ShiftApi
{
    private const string SourceName = "shift.yaml";

    public static void MapShiftApi(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/services/{name}/shift", Move);
        app.MapPut("/api/services/{name}/shares", Set);
    }

    private static Results<Ok<List<ReleaseShare>>, ProblemHttpResult> Move(string name, Shift shift, ConsoleOptions options,
        RuleStore store) =>
        shift.Percent is < 1 or > 100
            ? Bad($"percent is {shift.Percent}; it should be a whole number from 1 to 100.")
            : Apply(name, options, store, (rules, change) => change.Move(rules, shift.Release, shift.Percent));

    private static Results<Ok<List<ReleaseShare>>, ProblemHttpResult> Set(
        string name, List<ReleaseShare> shares, ConsoleOptions options, RuleStore store) =>
        shares.Any(share => share.Percent is < 0 or > 100) || shares.Sum(share => share.Percent) != 100
            ? Bad($"The shares are {string.Join(", ", shares.Select(share => share.Percent))}; give whole numbers from 0 to 100 whose sum "
                + "is 100.")
        : shares.DistinctBy(share => share.Release).Count() != shares.Count
            ? Bad("A release is named twice. Give each release one share.")
            : Apply(name, options, store, (rules, change) => change.Set(rules, shares));

    private static ProblemHttpResult Bad(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static Results<Ok<List<ReleaseShare>>, ProblemHttpResult> Apply(
        string name,
        ConsoleOptions options,
        RuleStore store,
        Func<RuleSet, TrafficShift, (VirtualService Rule, IReadOnlyList<ReleaseShare> Shares)> change)
    {
        if (options.Services.All(service => service.Name != name))
        {
            return TypedResults.Problem(
                $"There is no service {name}; GET /api/topology names them.", statusCode: StatusCodes.Status404NotFound);
        }

        List<ReleaseShare> shares = [];
        try
        {
            var rules = store.Apply((current, services) =>
            {
                (var rule, var after) = change(current, new TrafficShift(name, services));
                shares = [.. after];
                return RuleTexts.Changed(SourceName, current, RuleSet.Empty with { VirtualServices = [rule] }, services.Namespace);
            });
            return rules.HasErrors ? Refusal.Of(rules.Problems) : TypedResults.Ok(shares);
        }
        catch (ShiftException problem)
        {
            return TypedResults.Problem(problem.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
