using System.Net;
using Bookinfo.Mesh.Rollouts.Simulation;

namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What is asked of one of Argo's files.</summary>
/// <param name="File">The file; <c>-</c> for standard input.</param>
internal sealed record RolloutRequest(string File)
{
    /// <summary>The console of the Lab that runs it; null for a Lab of its own.</summary>
    public IPEndPoint? Console { get; init; }

    /// <summary>The console's token, where it asks for one.</summary>
    public string? Token { get; init; }

    /// <summary>Where a report is written; null for none.</summary>
    public string? Report { get; init; }

    /// <summary>How many requests a failed measurement needs.</summary>
    public required int FewestRequests { get; init; }

    /// <summary>Whether waits for a person are ended.</summary>
    public bool Promote { get; init; }

    /// <summary>How many times it is simulated; null for a run on a mesh.</summary>
    public int? Simulations { get; init; }

    /// <summary>The bad release of a simulation.</summary>
    public required ReleaseModel Bad { get; init; }

    /// <summary>The good release of a simulation.</summary>
    public required ReleaseModel Good { get; init; }

    /// <summary>How often a simulation's counters are read.</summary>
    public TimeSpan Scrape { get; init; }
}
