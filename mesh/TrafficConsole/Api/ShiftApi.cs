using Bookinfo.Mesh.Istio;
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

/// <summary>Moves traffic between the releases of a service, for whoever has a button and no wish to write YAML. The rule that comes of it is to be read at <c>GET /api/rules</c>.</summary>
internal static class ShiftApi
{
    private const string SourceName = "shift.yaml";

    public static void MapShiftApi(this IEndpointRouteBuilder app) => app.MapPost("/api/services/{name}/shift", Post);

    private static Results<Ok<List<ReleaseShare>>, ProblemHttpResult> Post(string name, Shift shift, ConsoleOptions options, RuleStore store)
    {
        if (options.Services.All(service => service.Name != name))
        {
            return TypedResults.Problem($"There is no service {name}; GET /api/topology names them.", statusCode: StatusCodes.Status404NotFound);
        }

        if (shift.Percent is < 1 or > 100)
        {
            return TypedResults.Problem($"percent is {shift.Percent}; it should be a whole number from 1 to 100.", statusCode: StatusCodes.Status400BadRequest);
        }

        List<ReleaseShare> shares = [];
        try
        {
            var rules = store.Apply((current, services) =>
            {
                (var rule, var after) = new TrafficShift(name, services).Move(current, shift.Release, shift.Percent);
                shares = [.. after];
                return new RuleSource(SourceName, RuleWriter.Write(RuleSet.Empty with { VirtualServices = [rule] }));
            });
            return rules.HasErrors ? Refusal.Of(rules.Problems) : TypedResults.Ok(shares);
        }
        catch (ShiftException problem)
        {
            return TypedResults.Problem(problem.Message, statusCode: StatusCodes.Status409Conflict);
        }
    }
}
