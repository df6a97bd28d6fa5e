namespace Bookinfo.ServiceDefaults.Resilience;

/// <summary>The application's own resilience, where it is the owner. The figures are the neighbours of Istio's defaults.</summary>
internal sealed record ResilienceSettings
{
    public static ResilienceSettings Default { get; } = new();

    /// <summary>Tries after the first.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The median of the first back-off; later ones grow, with jitter.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMilliseconds(25);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The share of failures in <see cref="Sampling"/>, with at least <see cref="MinimumCalls"/> calls, that opens the circuit for
    /// <see cref="Break"/>.
    /// </summary>
    public double FailureRatio { get; init; } = 0.5;

    public int MinimumCalls { get; init; } = 10;

    public TimeSpan Sampling { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls at once to one service, and calls that may wait for a place.</summary>
    public int Concurrency { get; init; } = 64;

    public int Queue { get; init; } = 64;
}
