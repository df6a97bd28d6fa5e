namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>What the measurements of a metric came to, in all simulated canaries of a release.</summary>
/// <param name="Name">The metric.</param>
/// <param name="Measurements">How many there were.</param>
/// <param name="Failed">How many spoke against the release.</param>
/// <param name="Inconclusive">How many spoke neither for it nor against it.</param>
/// <param name="Errors">How many could not be judged.</param>
/// <param name="Empty">Of all, how many found no sample.</param>
public sealed record MetricTally(string Name, long Measurements, long Failed, long Inconclusive, long Errors, long Empty)
{
    /// <summary>Both together.</summary>
    /// <param name="other">More measurements of the same metric.</param>
    public MetricTally Add(MetricTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new MetricTally(Name, Measurements + other.Measurements, Failed + other.Failed, Inconclusive + other.Inconclusive,
            Errors + other.Errors, Empty + other.Empty);
    }
}
