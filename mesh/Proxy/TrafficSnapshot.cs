namespace Bookinfo.Mesh.Proxy;

/// <summary>What the mesh counted up to a moment.</summary>
/// <param name="At">The moment, by the mesh's clock.</param>
/// <param name="Revision">The revision of the rules then in force.</param>
/// <param name="Entries">One entry for each caller, destination service and release that had requests, in the order of their names.</param>
public sealed record TrafficSnapshot(DateTimeOffset At, long Revision, IReadOnlyList<TrafficEntry> Entries)
{
    /// <summary>What was counted after <paramref name="earlier"/>: how a canary counts each step.</summary>
    public TrafficSnapshot Since(TrafficSnapshot earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var before = earlier.Entries.ToDictionary(entry => entry.Key);
        var differences = Entries
            .Select(entry => before.TryGetValue(entry.Key, out var old) ? entry.Minus(old) : entry)
            .Where(entry => entry.Requests > 0);
        return this with { Entries = TrafficEntry.WithShares(differences) };
    }
}
