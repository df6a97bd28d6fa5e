using Bookinfo.Mesh.TrafficConsole.Model;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What one step of a canary saw.</summary>
/// <param name="Percent">The share asked for, in percent.</param>
/// <param name="Requests">How many requests were sent.</param>
/// <param name="NewRequests">How many of them the new release had to answer.</param>
/// <param name="OldErrors">How many answers of the old release were errors.</param>
/// <param name="NewErrors">How many answers of the new release were errors.</param>
/// <param name="P50">The median latency of the new release's answers.</param>
/// <param name="P99">The latency that 99 of 100 of its answers kept below.</param>
public sealed record StepResult(int Percent, int Requests, int NewRequests, int OldErrors, int NewErrors, TimeSpan P50, TimeSpan P99)
{
    /// <summary>The share seen, 0 to 1.</summary>
    public double Share => Requests == 0 ? 0 : (double)NewRequests / Requests;

    /// <summary>Between which shares the mesh's true one lies.</summary>
    public ConfidenceInterval ShareInterval => ConfidenceInterval.Wilson(NewRequests, Requests);

    /// <summary>Between which shares the new release's true error rate lies.</summary>
    public ConfidenceInterval ErrorInterval => ConfidenceInterval.Wilson(NewErrors, NewRequests);

    /// <summary>
    /// Counts a step's answers. An answer that names no release is an error of the mesh in front of one: it is held against the new
    /// release, because that is the only thing a step changes.
    /// </summary>
    /// <param name="percent">The share asked for, in percent.</param>
    /// <param name="oldVersion">The release that is being replaced.</param>
    /// <param name="answers">The step's answers.</param>
    public static StepResult Count(int percent, string oldVersion, IReadOnlyCollection<Answer> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var fresh = answers.Where(answer => answer.Version != oldVersion).ToList();
        var latencies = new Latencies(fresh.Select(answer => answer.Elapsed));
        return new StepResult(
            percent,
            answers.Count,
            fresh.Count,
            OldErrors: answers.Count(answer => answer.Failed && answer.Version == oldVersion),
            NewErrors: fresh.Count(answer => answer.Failed),
            P50: latencies.Percentile(0.50),
            P99: latencies.Percentile(0.99));
    }
}
