namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>How a simulated canary ended.</summary>
public enum SimulatedEnd
{
    /// <summary>The release got all the traffic.</summary>
    Promoted,

    /// <summary>It was rolled back.</summary>
    RolledBack,

    /// <summary>It waits for a person, or did not end in time.</summary>
    Waiting,
}

/// <summary>One simulated canary.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Duration">How long it took, in virtual time.</param>
/// <param name="CanaryRequests">How many requests the new release had to answer by then.</param>
public sealed record SimulatedRun(SimulatedEnd End, TimeSpan Duration, long CanaryRequests);

/// <summary>How a good release and a bad one fared.</summary>
/// <param name="Good">A release that should pass.</param>
/// <param name="Bad">A release that should be stopped.</param>
public sealed record SimulationResult(SimulatedOutcomes Good, SimulatedOutcomes Bad);

/// <summary>The simulated canaries of one release.</summary>
/// <param name="Release">The release.</param>
/// <param name="Runs">Each canary.</param>
/// <param name="Metrics">What was measured in all of them.</param>
public sealed record SimulatedOutcomes(
    ReleaseModel Release, IReadOnlyList<SimulatedRun> Runs, IReadOnlyList<MetricTally> Metrics)
{
    /// <summary>How many ended so.</summary>
    public int Count(SimulatedEnd end) => Runs.Count(run => run.End == end);

    /// <summary>The quantile of the requests that the new release answered in canaries that ended so; null where there was none.</summary>
    /// <param name="end">How they ended.</param>
    /// <param name="quantile">Above 0, at most 1.</param>
    public long? Requests(SimulatedEnd end, double quantile) => Quantile(end, quantile, run => run.CanaryRequests);

    /// <summary>The quantile of the virtual time that canaries took which ended so; null where there was none.</summary>
    /// <param name="end">How they ended.</param>
    /// <param name="quantile">Above 0, at most 1.</param>
    public TimeSpan? Duration(SimulatedEnd end, double quantile) =>
        Quantile(end, quantile, run => run.Duration.Ticks) is { } ticks ? TimeSpan.FromTicks(ticks) : null;

    private long? Quantile(SimulatedEnd end, double quantile, Func<SimulatedRun, long> of)
    {
        var sorted = Runs.Where(run => run.End == end).Select(of).Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
    }
}
