using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>Counts what the measurements of a canary come to.</summary>
/// <param name="inner">What measures.</param>
internal sealed class TallyingProvider(IMetricProvider inner) : IMetricProvider
{
    private readonly Dictionary<string, MetricTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>A tally for each metric that was measured.</summary>
    public IReadOnlyCollection<MetricTally> Tallies => _tallies.Values;

    /// <inheritdoc/>
    public Measurement Measure(MetricPlan metric, DateTimeOffset now)
    {
        var measurement = inner.Measure(metric, now);
        long Is(AnalysisPhase phase) => measurement.Phase == phase ? 1 : 0;
        var one = new MetricTally(metric.Name, 1, Is(AnalysisPhase.Failed), Is(AnalysisPhase.Inconclusive), Is(AnalysisPhase.Error),
            measurement.Value == "[]" ? 1 : 0);
        _tallies[metric.Name] = _tallies.TryGetValue(metric.Name, out var before) ? before.Add(one) : one;
        return measurement;
    }
}
