using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.Lab.Reporting;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Writes the result of a simulation, for a terminal of 80 columns.</summary>
internal static class SimulationReport
{
    private const int Head = 34;
    private const int Column = 21;

    /// <summary>The lines.</summary>
    /// <param name="plan">What was simulated.</param>
    /// <param name="options">What was assumed.</param>
    /// <param name="result">The simulation's result.</param>
    public static IEnumerable<string> Write(RolloutPlan plan, SimulationOptions options, SimulationResult result) =>
    [
        Title(plan, options),
        Assumptions(options),
        "",
        Line("", "good release", "bad release"),
        .. Rows(options, result).Select(row => Line(row.Head, row.Good, row.Bad)),
        "",
        .. SimulationFindings.Of(plan, options, result).Select(finding => Wrapping.Wrap("", finding)),
    ];

    /// <summary>The same as a file: JSON, or Markdown.</summary>
    /// <param name="plan">What was simulated.</param>
    /// <param name="options">What was assumed.</param>
    /// <param name="result">The simulation's result.</param>
    /// <param name="file">The file's name, for its kind.</param>
    public static string ToFile(RolloutPlan plan, SimulationOptions options, SimulationResult result, string file) =>
        file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? Json(plan, options, result) : Markdown(plan, options, result);

    private static string Title(RolloutPlan plan, SimulationOptions options) =>
        $"{plan.Releases.Service}: {plan.Releases.From} to {plan.Releases.To}, {Number(options.Runs)} canaries of each release";

    private static string Assumptions(SimulationOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"{options.Rate:0.#} requests/s, counters read every {options.ScrapeInterval.TotalSeconds:0} s, seed {options.Seed}");

    private static IEnumerable<(string Head, string Good, string Bad)> Rows(SimulationOptions options, SimulationResult result) =>
    [
        ("errors", SimulationFindings.Percent(options.Good.ErrorRate), SimulationFindings.Percent(options.Bad.ErrorRate)),
        ("median duration", Milliseconds(options.Good), Milliseconds(options.Bad)),
        Both(result, "promoted", of => Count(of, SimulatedEnd.Promoted)),
        Both(result, "rolled back", of => Count(of, SimulatedEnd.RolledBack)),
        Both(result, "waits for a person", of => Count(of, SimulatedEnd.Waiting)),
        Both(result, "requests until rolled back, median", of => Requests(of, 0.5)),
        Both(result, "                            95 %", of => Requests(of, 0.95)),
        Both(result, "time until rolled back, median", of => Time(of, 0.5)),
        Both(result, "                        95 %", of => Time(of, 0.95)),
    ];

    private static string Markdown(RolloutPlan plan, SimulationOptions options, SimulationResult result) => string.Join('\n',
    [
        $"# {Title(plan, options)}",
        "",
        $"{Assumptions(options)}.",
        "",
        "| | good release | bad release |",
        "| --- | ---: | ---: |",
        .. Rows(options, result).Select(row => $"| {row.Head.Trim()} | {row.Good} | {row.Bad} |"),
        "",
        .. SimulationFindings.Of(plan, options, result).Select(finding => $"- {finding}"),
        "",
    ]);

    private static string Json(RolloutPlan plan, SimulationOptions options, SimulationResult result) => new JsonObject
    {
        ["service"] = plan.Releases.Service,
        ["from"] = plan.Releases.From,
        ["to"] = plan.Releases.To,
        ["runs"] = options.Runs,
        ["seed"] = options.Seed,
        ["requestsPerSecond"] = options.Rate,
        ["scrapeSeconds"] = options.ScrapeInterval.TotalSeconds,
        ["good"] = Json(result.Good),
        ["bad"] = Json(result.Bad),
        ["findings"] = new JsonArray([.. SimulationFindings.Of(plan, options, result).Select(finding => (JsonNode)finding)]),
    }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";

    private static JsonObject Json(SimulatedOutcomes outcomes) => new()
    {
        ["errorRate"] = outcomes.Release.ErrorRate,
        ["latencyMilliseconds"] = outcomes.Release.Latency.TotalMilliseconds,
        ["promoted"] = outcomes.Count(SimulatedEnd.Promoted),
        ["rolledBack"] = outcomes.Count(SimulatedEnd.RolledBack),
        ["waiting"] = outcomes.Count(SimulatedEnd.Waiting),
        ["medianRequestsUntilRolledBack"] = outcomes.Requests(SimulatedEnd.RolledBack, 0.5),
        ["medianSecondsUntilRolledBack"] = outcomes.Duration(SimulatedEnd.RolledBack, 0.5)?.TotalSeconds,
        ["metrics"] = new JsonArray([.. outcomes.Metrics.Select(metric => new JsonObject
        {
            ["name"] = metric.Name,
            ["measurements"] = metric.Measurements,
            ["failed"] = metric.Failed,
            ["inconclusive"] = metric.Inconclusive,
            ["errors"] = metric.Errors,
            ["withoutSample"] = metric.Empty,
        })]),
    };

    private static (string Head, string Good, string Bad) Both(
        SimulationResult result, string head, Func<SimulatedOutcomes, string> of) => (head, of(result.Good), of(result.Bad));

    private static string Line(string head, string good, string bad) =>
        $"{head.PadRight(Head)}{good.PadLeft(Column)}{bad.PadLeft(Column)}".TrimEnd();

    private static string Count(SimulatedOutcomes outcomes, SimulatedEnd end) =>
        $"{Number(outcomes.Count(end))} ({SimulationFindings.Part(outcomes, end)})";

    private static string Requests(SimulatedOutcomes outcomes, double quantile) =>
        outcomes.Requests(SimulatedEnd.RolledBack, quantile) is { } requests ? Number(requests) : "-";

    private static string Time(SimulatedOutcomes outcomes, double quantile) =>
        outcomes.Duration(SimulatedEnd.RolledBack, quantile) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s") : "-";

    private static string Milliseconds(ReleaseModel release) =>
        string.Create(CultureInfo.InvariantCulture, $"{release.Latency.TotalMilliseconds:0.#} ms");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
