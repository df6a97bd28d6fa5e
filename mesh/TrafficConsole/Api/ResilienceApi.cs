using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Bookinfo.Mesh.TrafficConsole.Api;

/// <summary>Where calls to a service have retries, a circuit breaker and a bulkhead.</summary>
/// <param name="Mesh">What the mesh has; null leaves it as it is.</param>
/// <param name="Application">Whether the services that call it have all three themselves (Polly); null leaves it as it is.</param>
public sealed record Resilience(ResiliencePatterns? Mesh = null, bool? Application = null);

/// <summary>
/// Turns resilience patterns on and off: in the mesh by its rules, in the application by a restart of the callers with another setting.
/// </summary>
internal static class ResilienceApi
{
    private const string SourceName = "resilience.yaml";

    public static void MapResilienceApi(this IEndpointRouteBuilder app) =>
        app.MapPut("/api/services/{name}/resilience", SetAsync);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        string name, Resilience resilience, HttpRequest request, ConsoleOptions options, RuleStore store, CancellationToken cancellation)
    {
        var callers = options.CallersOf(name);
        if (callers.Count == 0)
        {
            return TypedResults.Problem(
                $"No service calls {name}; GET /api/topology says who calls whom.", statusCode: StatusCodes.Status404NotFound);
        }

        if (resilience.Mesh is { } mesh && mesh != ResiliencePatterns.Of(store.InForce.Rules, new TrafficShift(name, store.Services)))
        {
            var rules = store.Apply(
                (current, services) => RuleTexts.Changed(
                    SourceName, current, mesh.Apply(current, new TrafficShift(name, services)), services.Namespace),
                Author.Of(request));
            if (rules.HasErrors)
            {
                return Refusal.Of(rules.Problems);
            }
        }

        if (resilience.Application is { } application)
        {
            if (options.PodControl is not { } pods)
            {
                return PodsApi.RunElsewhere();
            }

            try
            {
                await pods.SetResilienceAsync(callers, application, cancellation);
            }
            catch (IOException e)
            {
                return TypedResults.Problem(
                    $"Not every pod of {string.Join(", ", callers)} started again: {e.Message}",
                    statusCode: StatusCodes.Status502BadGateway);
            }
        }

        return TypedResults.NoContent();
    }
}
