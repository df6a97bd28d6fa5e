using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>What a simulation assumes.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many canaries are run.</summary>
    public required int Runs { get; init; }

    /// <summary>Where its random choices begin: the same seed gives the same figures.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Requests to the service in a second, both releases together.</summary>
    public double Rate { get; init; } = 50;

    /// <summary>The release that is there.</summary>
    public ReleaseModel Stable { get; init; } = new(0.001, TimeSpan.FromMilliseconds(20));

    /// <summary>A release that should pass.</summary>
    public ReleaseModel Good { get; init; } = new(0.001, TimeSpan.FromMilliseconds(20));

    /// <summary>A release that should be stopped.</summary>
    public ReleaseModel Bad { get; init; } = new(0.10, TimeSpan.FromMilliseconds(20));

    /// <summary>How often Prometheus reads the counters.</summary>
    public TimeSpan ScrapeInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests a failed measurement needs; 0 judges exactly as Argo does.</summary>
    public int FewestRequests { get; init; } = QueryProvider.DefaultFewestRequests;

    /// <summary>Whether waits for a person are ended at once, unless a measurement was inconclusive.</summary>
    public bool Promotes { get; init; }

    /// <summary>A canary that is not over after this virtual time is given up: it waits for a person.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(6);
}
