namespace Bookinfo.Mesh.Lab.Canary;

/// <summary>What a canary is asked to do.</summary>
/// <param name="Service">The service to be shifted, for example <c>reviews</c>.</param>
/// <param name="From">The release that has all the traffic at the start.</param>
/// <param name="To">The release that shall have all of it at the end.</param>
public sealed record CanaryPlan(string Service, string From, string To)
{
    /// <summary>The shares of the new release, step by step, in percent; growing, and 100 at the end.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [10, 25, 50, 100];

    /// <summary>How many requests each step sends.</summary>
    public int Requests { get; init; } = 500;

    /// <summary>How many requests are sent in a second; zero for as many as go.</summary>
    public int Rate { get; init; } = 250;

    /// <summary>The share of the new release's answers that may be errors, 0 to 1.</summary>
    public double MaxErrorRate { get; init; } = 0.05;

    /// <summary>The step, named by its share in percent, at which the new release is broken on purpose; null for none.</summary>
    public int? BreakAt { get; init; }
}
