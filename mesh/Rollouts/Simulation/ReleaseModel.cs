namespace Bookinfo.Mesh.Rollouts.Simulation;

/// <summary>A release as a simulation has it.</summary>
/// <param name="ErrorRate">The chance of a request to be answered with 503, 0 to 1.</param>
/// <param name="Latency">The median duration; single durations are spread around it (log-normal, 30 %).</param>
public sealed record ReleaseModel(double ErrorRate, TimeSpan Latency);
