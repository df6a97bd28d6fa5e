namespace Bookinfo.Topology;

/// <summary>One version of a service that runs beside its other versions: same program, other settings.</summary>
/// <param name="Version">The <c>version</c> label of its pods, for example <c>v2</c>: what a subset selects.</param>
/// <param name="Summary">What sets this release apart, in a few words.</param>
public sealed record Release(string Version, string Summary)
{
    /// <summary>What the program is told beyond what every pod is told, by name of the setting.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// True for a release that runs only where somebody asks for it: it fails on purpose, or it calls out of the machine.
    /// </summary>
    public bool Optional { get; init; }

    /// <summary>True where the release keeps its data in the ratings database.</summary>
    public bool NeedsDatabase { get; init; }

    /// <summary>The host outside the system that the release calls, or null.</summary>
    public string? CallsOutside { get; init; }

    /// <summary>How many pods of it run by default.</summary>
    public int Replicas { get; init; } = 1;
}
