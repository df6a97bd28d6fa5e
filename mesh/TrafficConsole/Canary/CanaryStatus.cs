namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>A canary, as the API and the page show it.</summary>
/// <param name="Name">The Rollout's name.</param>
/// <param name="Service">The service.</param>
/// <param name="From">The stable release.</param>
/// <param name="To">The release that comes.</param>
/// <param name="Phase"><c>Progressing</c>, <c>Paused</c>, <c>Degraded</c> (rolled back) or <c>Healthy</c> (promoted).</param>
/// <param name="Message">Why it waits or was rolled back; empty for nothing to say.</param>
/// <param name="Weight">The share that is asked for, in percent.</param>
/// <param name="Pods">How many pods the releases have; null where the canary does not scale them.</param>
/// <param name="Seen">What was seen since the share was set.</param>
/// <param name="PauseReasons">Why it waits.</param>
/// <param name="PausedUntil">When it goes on by itself; null where it does not wait for a time.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Steps">The steps.</param>
/// <param name="Analyses">What is measured.</param>
/// <param name="EarlierEvents">How many earlier events are left out.</param>
/// <param name="Events">What happened, the oldest first.</param>
public sealed record CanaryStatus(
    string Name,
    string Service,
    string From,
    string To,
    string Phase,
    string Message,
    int Weight,
    CanaryPods? Pods,
    CanarySeen Seen,
    IReadOnlyList<string> PauseReasons,
    DateTimeOffset? PausedUntil,
    DateTimeOffset StartedAt,
    IReadOnlyList<CanaryStepStatus> Steps,
    IReadOnlyList<CanaryAnalysis> Analyses,
    int EarlierEvents,
    IReadOnlyList<CanaryEvent> Events);

/// <summary>Pods of the two releases.</summary>
/// <param name="StableReady">Those of the stable release that take requests.</param>
/// <param name="StableWanted">How many it is to have.</param>
/// <param name="CanaryReady">Those of the new release that take requests.</param>
/// <param name="CanaryWanted">How many it is to have.</param>
public sealed record CanaryPods(int StableReady, int StableWanted, int CanaryReady, int CanaryWanted);

/// <summary>Requests to the service since the rules last changed.</summary>
/// <param name="Requests">To both releases.</param>
/// <param name="Canary">To the new release.</param>
/// <param name="Errors">Of those of the new release: how many ended in a 5xx or without an answer.</param>
/// <param name="Share">The new release's part, 0 to 1.</param>
/// <param name="Low">Lower end of the share's 95 % interval.</param>
/// <param name="High">Upper end of it.</param>
public sealed record CanarySeen(long Requests, long Canary, long Errors, double Share, double Low, double High);

/// <summary>A step.</summary>
/// <param name="Text">What it does, in words.</param>
/// <param name="State"><c>done</c>, <c>running</c>, <c>waiting</c> or <c>failed</c>.</param>
public sealed record CanaryStepStatus(string Text, string State);

/// <summary>An analysis.</summary>
/// <param name="Name">Its templates.</param>
/// <param name="IsBackground">Whether it goes on beside the steps.</param>
/// <param name="Phase"><c>Running</c>, <c>Successful</c>, <c>Failed</c>, <c>Inconclusive</c> or <c>Error</c>.</param>
/// <param name="Metrics">The metrics.</param>
public sealed record CanaryAnalysis(string Name, bool IsBackground, string Phase, IReadOnlyList<CanaryMetric> Metrics);

/// <summary>A metric.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Threshold">Its conditions, as they are written.</param>
/// <param name="Phase">As that of an analysis.</param>
/// <param name="IsDryRun">Whether it only looks on.</param>
/// <param name="Successful">Measurements that were successes.</param>
/// <param name="Failed">Measurements that were failures.</param>
/// <param name="FailureLimit">How many failures are allowed.</param>
/// <param name="Inconclusive">Measurements that were inconclusive.</param>
/// <param name="Errors">Measurements that were errors.</param>
/// <param name="Measurements">The latest, the oldest first.</param>
public sealed record CanaryMetric(
    string Name,
    string Threshold,
    string Phase,
    bool IsDryRun,
    int Successful,
    int Failed,
    int FailureLimit,
    int Inconclusive,
    int Errors,
    IReadOnlyList<CanaryMeasurement> Measurements);

/// <summary>A measurement.</summary>
/// <param name="At">When.</param>
/// <param name="Value">What the query came to.</param>
/// <param name="Requests">How many requests the query looked at; null where it looks at none.</param>
/// <param name="Phase">What follows.</param>
/// <param name="Message">Why, where there is more to say; null otherwise.</param>
public sealed record CanaryMeasurement(DateTimeOffset At, string Value, double? Requests, string Phase, string? Message);

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Kind"><c>Step</c>, <c>Weight</c>, <c>Scale</c>, <c>Measurement</c>, <c>Pause</c>, <c>Fault</c>, <c>RollBack</c> or
/// <c>Promotion</c>.</param>
/// <param name="Text">What, in words.</param>
/// <param name="Weight">The canary's share from then on, in percent.</param>
public sealed record CanaryEvent(DateTimeOffset At, string Kind, string Text, int Weight);

/// <summary>What is known of canaries.</summary>
/// <param name="Canary">The one under way, or the last; null where there was none.</param>
public sealed record CanaryState(CanaryStatus? Canary);
