using System.Collections.Concurrent;

namespace Bookinfo.Benchmarks.Load;

/// <summary>What went wrong with some requests, by kind: a status, or how a connection broke.</summary>
internal sealed class Failures
{
    private readonly ConcurrentDictionary<string, int> _kinds = new(StringComparer.Ordinal);

    /// <summary>How many requests failed.</summary>
    public int Total => _kinds.Values.Sum();

    /// <summary>Counts some.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="requests">To how many.</param>
    public void Count(string kind, int requests = 1) => _kinds.AddOrUpdate(kind, requests, (_, count) => count + requests);

    /// <summary>Each kind with its number; <c>none</c> where all went well.</summary>
    public override string ToString() => _kinds.IsEmpty ? "none"
        : string.Join(", ", _kinds.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Value} x {kind.Key}"));
}
