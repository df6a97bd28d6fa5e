namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>One look at a metric.</summary>
/// <param name="Phase">What follows from it.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Value">What the query came to, such as <c>[0.95]</c>; empty where it could not be asked.</param>
/// <param name="Message">Why it is an error or inconclusive; null where there is nothing to say.</param>
/// <param name="Requests">How many requests the query looked at; null where it looks at none.</param>
public sealed record Measurement(AnalysisPhase Phase, DateTimeOffset At, string Value, string? Message = null, double? Requests = null);

/// <summary>Takes measurements.</summary>
public interface IMetricProvider
{
    /// <summary>Takes one. What goes wrong is a measurement of phase <see cref="AnalysisPhase.Error"/>.</summary>
    /// <param name="metric">What is measured.</param>
    /// <param name="now">When.</param>
    Measurement Measure(MetricPlan metric, DateTimeOffset now);
}
