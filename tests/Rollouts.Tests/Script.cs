using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Tests.Rollouts;

/// <summary>Measures what was written down: for each metric a row of signs, the last of which goes on for ever.</summary>
/// <param name="rows">By the metric's name: S a success, F a failure, I inconclusive, E an error.</param>
internal sealed class Script(params (string Metric, string Signs)[] rows) : IMetricProvider
{
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>How many measurements were taken of a metric.</summary>
    public int Taken(string metric) => _taken.GetValueOrDefault(metric);

    public static AnalysisPhase PhaseOf(char sign) => sign switch
    {
        'S' => AnalysisPhase.Successful,
        'F' => AnalysisPhase.Failed,
        'I' => AnalysisPhase.Inconclusive,
        _ => AnalysisPhase.Error,
    };

    public Measurement Measure(MetricPlan metric, DateTimeOffset now)
    {
        var signs = rows.Single(row => row.Metric == metric.Name).Signs;
        var at = _taken[metric.Name] = _taken.GetValueOrDefault(metric.Name) + 1;
        var phase = PhaseOf(signs[Math.Min(at, signs.Length) - 1]);
        return new Measurement(phase, now, "[99]", phase == AnalysisPhase.Error ? "no answer" : null);
    }
}
