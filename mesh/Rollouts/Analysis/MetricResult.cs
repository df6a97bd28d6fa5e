namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>What a metric's measurements came to so far.</summary>
/// <param name="metric">What is measured.</param>
public sealed class MetricResult(MetricPlan metric)
{
    /// <summary>How many measurements are kept, as Argo does (<c>analysis/analysis.go: DefaultMeasurementHistoryLimit</c>).</summary>
    public const int Kept = 10;

    private readonly List<Measurement> _measurements = [];

    /// <summary>What is measured.</summary>
    public MetricPlan Metric { get; } = metric;

    /// <summary>How it stands.</summary>
    public AnalysisPhase Phase { get; internal set; } = AnalysisPhase.Running;

    /// <summary>The latest measurements, the oldest first; no more than <see cref="Kept"/>.</summary>
    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>Measurements that are not errors.</summary>
    public int Count => Successful + Failed + Inconclusive;

    /// <summary>How many were successes.</summary>
    public int Successful { get; internal set; }

    /// <summary>How many were failures.</summary>
    public int Failed { get; internal set; }

    /// <summary>How many were inconclusive.</summary>
    public int Inconclusive { get; internal set; }

    /// <summary>How many were errors.</summary>
    public int Error { get; internal set; }

    /// <summary>How many errors the last measurements were.</summary>
    public int ConsecutiveError { get; internal set; }

    /// <summary>How many successes the last measurements were.</summary>
    public int ConsecutiveSuccess { get; internal set; }

    /// <summary>What is to be said of it; null for nothing.</summary>
    public string? Message { get; internal set; }

    /// <summary>The last measurement; null before the first.</summary>
    public Measurement? Last => _measurements.Count == 0 ? null : _measurements[^1];

    /// <summary>Counts a measurement (<c>analysis/analysis.go: runMeasurements</c>).</summary>
    internal void Add(Measurement measurement)
    {
        switch (measurement.Phase)
        {
            case AnalysisPhase.Successful:
                Successful++;
                ConsecutiveSuccess++;
                break;
            case AnalysisPhase.Failed:
                Failed++;
                ConsecutiveSuccess = 0;
                break;
            case AnalysisPhase.Inconclusive:
                Inconclusive++;
                ConsecutiveSuccess = 0;
                break;
            default:
                Error++;
                ConsecutiveSuccess = 0;
                break;
        }

        ConsecutiveError = measurement.Phase == AnalysisPhase.Error ? ConsecutiveError + 1 : 0;
        _measurements.Add(measurement);
        if (_measurements.Count > Kept)
        {
            _measurements.RemoveAt(0);
        }
    }
}
