using System.Globalization;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>Writes the result of a simulation, for a terminal of 80 columns.</summary>
internal static class SimulationReport
{
    private const int Head = 34;
    private const int Column = 21;

    /// <summary>The lines.</summary>
    /// <param name="releases">The releases.</param>
    /// <param name="options">What was assumed.</param>
    /// <param name="result">The simulation's result.</param>
    public static IEnumerable<string> Write(Releases releases, SimulationOptions options, SimulationResult result)
    {
        yield return $"{releases.Service}: {releases.From} to {releases.To}, {Number(options.Runs)} canaries of each release";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{options.Rate:0.#} requests/s, counters read every {options.ScrapeInterval.TotalSeconds:0} s, seed {options.Seed}");
        yield return "";
        yield return Line("", "good release", "bad release");
        yield return Line("errors", Percent(options.Good.ErrorRate), Percent(options.Bad.ErrorRate));
        yield return Line("median duration", Milliseconds(options.Good), Milliseconds(options.Bad));
        yield return Both(result, "promoted", of => Count(of, SimulatedEnd.Promoted));
        yield return Both(result, "rolled back", of => Count(of, SimulatedEnd.RolledBack));
        yield return Both(result, "waits for a person", of => Count(of, SimulatedEnd.Waiting));
        yield return Both(result, "requests until rolled back, median", of => Requests(of, 0.5));
        yield return Both(result, "                            95 %", of => Requests(of, 0.95));
        yield return Both(result, "time until rolled back, median", of => Time(of, 0.5));
        yield return Both(result, "                        95 %", of => Time(of, 0.95));
        yield return "";
        yield return $"A good release is stopped {Part(result.Good, SimulatedEnd.RolledBack)} of the time; "
            + $"a bad one passes {Part(result.Bad, SimulatedEnd.Promoted)} of it.";
    }

    private static string Both(SimulationResult result, string head, Func<SimulatedOutcomes, string> of) =>
        Line(head, of(result.Good), of(result.Bad));

    private static string Line(string head, string good, string bad) =>
        $"{head.PadRight(Head)}{good.PadLeft(Column)}{bad.PadLeft(Column)}".TrimEnd();

    private static string Count(SimulatedOutcomes outcomes, SimulatedEnd end) => $"{Number(outcomes.Count(end))} ({Part(outcomes, end)})";

    private static string Part(SimulatedOutcomes outcomes, SimulatedEnd end) => Percent((double)outcomes.Count(end) / outcomes.Runs.Count);

    private static string Requests(SimulatedOutcomes outcomes, double quantile) =>
        outcomes.Requests(SimulatedEnd.RolledBack, quantile) is { } requests ? Number(requests) : "-";

    private static string Time(SimulatedOutcomes outcomes, double quantile) =>
        outcomes.Duration(SimulatedEnd.RolledBack, quantile) is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s") : "-";

    private static string Milliseconds(ReleaseModel release) =>
        string.Create(CultureInfo.InvariantCulture, $"{release.Latency.TotalMilliseconds:0.#} ms");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0#} %");

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
