namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>What one run of a scenario came to.</summary>
/// <param name="Owner">Who had the pattern.</param>
/// <param name="Requests">How many the caller got.</param>
/// <param name="Failed">How many of its answers lack the stars, because ratings could not be had.</param>
/// <param name="P50">The median time of its answers.</param>
/// <param name="P99">The time that 99 of 100 of its answers kept below.</param>
/// <param name="FaultyGot">How many requests the failing pods got.</param>
/// <param name="FaultyAtOnce">How many of them one pod had at once.</param>
internal sealed record Measurement(Owner Owner, int Requests, int Failed, TimeSpan P50, TimeSpan P99, int FaultyGot, int FaultyAtOnce);
