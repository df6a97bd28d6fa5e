using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Rollouts.Model;

/// <summary>What is measured. Source: argo-rollouts <c>pkg/apis/rollouts/v1alpha1/analysis_types.go</c>.</summary>
public sealed record AnalysisTemplate : Resource
{
    /// <inheritdoc/>
    public override string Kind => IsClusterWide ? "ClusterAnalysisTemplate" : nameof(AnalysisTemplate);

    /// <summary>Whether it is a ClusterAnalysisTemplate.</summary>
    public bool IsClusterWide { get; init; }

    /// <summary>The measures.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>What it wants to be given.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    /// <summary>Expressions for names of metrics that only look on.</summary>
    public IReadOnlyList<string> DryRun { get; init; } = [];
}

/// <summary>A measure, with every value as it is written: arguments in double braces may stand in each of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Where it stands in its template, such as <c>spec.metrics[0]</c>.</param>
public sealed record Metric(string Name, string Path)
{
    /// <summary>How long from one measurement to the next.</summary>
    public string? Interval { get; init; }

    /// <summary>How long until the first.</summary>
    public string? InitialDelay { get; init; }

    /// <summary>How many measurements there are.</summary>
    public string? Count { get; init; }

    /// <summary>What makes a measurement a success.</summary>
    public string? SuccessCondition { get; init; }

    /// <summary>What makes a measurement a failure.</summary>
    public string? FailureCondition { get; init; }

    /// <summary>How many failures are allowed.</summary>
    public string? FailureLimit { get; init; }

    /// <summary>How many inconclusive measurements are allowed.</summary>
    public string? InconclusiveLimit { get; init; }

    /// <summary>How many errors in a row are allowed.</summary>
    public string? ConsecutiveErrorLimit { get; init; }

    /// <summary>How many successes in a row end it well.</summary>
    public string? ConsecutiveSuccessLimit { get; init; }

    /// <summary>The Prometheus query.</summary>
    public string? Query { get; init; }
}
