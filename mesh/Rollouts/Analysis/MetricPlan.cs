using Bookinfo.Mesh.Rollouts.Conditions;
using Bookinfo.Mesh.Rollouts.Queries;

namespace Bookinfo.Mesh.Rollouts.Analysis;

/// <summary>A metric ready to be measured: arguments filled in, conditions and query read.</summary>
/// <param name="Name">Its name.</param>
public sealed record MetricPlan(string Name)
{
    /// <summary>How many errors in a row are allowed where nothing is said (argo-rollouts <c>utils/defaults/defaults.go</c>).</summary>
    public const int DefaultConsecutiveErrorLimit = 4;

    /// <summary>The query; null where something else measures.</summary>
    public Query? Query { get; init; }

    /// <summary>From one measurement to the next; null for a single one.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Until the first measurement; null for none.</summary>
    public TimeSpan? InitialDelay { get; init; }

    /// <summary>How many measurements; null where nothing is said.</summary>
    public int? Count { get; init; }

    /// <summary>What makes a measurement a success.</summary>
    public Condition? SuccessCondition { get; init; }

    /// <summary>What makes a measurement a failure.</summary>
    public Condition? FailureCondition { get; init; }

    /// <summary>How many failures are allowed; -1 for any number; null is 0.</summary>
    public int? FailureLimit { get; init; }

    /// <summary>How many inconclusive measurements are allowed; null is 0.</summary>
    public int? InconclusiveLimit { get; init; }

    /// <summary>How many errors in a row are allowed; null is <see cref="DefaultConsecutiveErrorLimit"/>.</summary>
    public int? ConsecutiveErrorLimit { get; init; }

    /// <summary>How many successes in a row end it well; null or 0 for no such end.</summary>
    public int? ConsecutiveSuccessLimit { get; init; }

    /// <summary>It only looks on: what it finds decides nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>How many measurements there are in all; null for no end (<c>analysis_types.go: EffectiveCount</c>).</summary>
    public int? EffectiveCount => Count is null or 0 ? Interval is null ? 1 : null : Count;

    /// <summary>The conditions in words: <c>success: result[0] &gt;= 0.95</c>.</summary>
    public string Threshold => (SuccessCondition, FailureCondition) switch
    {
        (null, null) => "any value will do",
        (not null, null) => $"success: {SuccessCondition}",
        (null, not null) => $"failure: {FailureCondition}",
        _ => $"success: {SuccessCondition}; failure: {FailureCondition}",
    };
}

/// <summary>What one analysis measures.</summary>
/// <param name="Name">The templates' names.</param>
/// <param name="Metrics">The metrics.</param>
public sealed record AnalysisPlan(string Name, IReadOnlyList<MetricPlan> Metrics);
