using Bookinfo.ServiceDefaults;

namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>A way to fail, and the pattern that helps against it. The caller is reviews, ratings is what fails.</summary>
/// <param name="Name">The pattern.</param>
/// <param name="Story">What goes wrong, in a sentence.</param>
/// <param name="Lesson">What the numbers show, in a sentence.</param>
/// <param name="Failing">The releases of ratings that fail, for example <c>ratings-v1</c>.</param>
/// <param name="Fault">How it fails.</param>
internal sealed record Scenario(string Name, string Story, string Lesson, IReadOnlyList<string> Failing, Fault Fault)
{
    /// <summary>The demo's rules without the pattern.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>The demo's rule that is the pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>How many requests the caller gets.</summary>
    public required int Requests { get; init; }

    /// <summary>How many of them at once.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>Every scenario, in the order in which they are told.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Scenario(
            "Retry",
            "Every tenth answer of ratings is a 503.",
            "A second try nearly always helps, and costs a tenth more requests.",
            ["ratings-v1"],
            new Fault(10))
        {
            Rules = ["all-v1.yaml"],
            Pattern = "ratings-retry.yaml",
            Requests = 300,
        },

        // One request with three tries stays below the ten calls from which the application's circuit breaker judges.
        new Scenario(
            "Retries that multiply",
            "Ratings is down: every answer is a 503.",
            "Three tries of the application, each tried three times by the mesh: nine requests for one, to a service that is down already.",
            ["ratings-v1"],
            new Fault(100))
        {
            Rules = ["all-v1.yaml"],
            Pattern = "ratings-retry.yaml",
            Requests = 1,
        },

        // v-unhealthy is fine for its first quarter of an hour; here it is simply one more pod.
        new Scenario(
            "Circuit breaker",
            "Two of three pods of ratings are down, the third is fine.",
            "The mesh knows pods, so it leaves out those that are down; the application knows only the name, so its breaker shuts out the "
            + "good one too.",
            ["ratings-v2", "ratings-v-unhealthy"],
            new Fault(100))
        {
            Rules = ["destination-rules.yaml"],
            Pattern = "ratings-circuit-breaker.yaml",
            Requests = 200,
        },
        new Scenario(
            "Bulkhead",
            "Ratings takes half a second, and 200 readers come at once.",
            "Those who find no place are told at once, and ratings is not run over.",
            ["ratings-v1"],
            new Fault(Status: 0, DelayMilliseconds: 500))
        {
            Rules = ["all-v1.yaml"],
            Pattern = "ratings-bulkhead.yaml",
            Requests = 200,
            AtOnce = 200,
        },
    ];
}
