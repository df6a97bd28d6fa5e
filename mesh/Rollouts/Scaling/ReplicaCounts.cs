namespace Bookinfo.Mesh.Rollouts.Scaling;

/// <summary>How many pods each of the two releases has, or is to have.</summary>
/// <param name="Stable">Of the release that had the traffic.</param>
/// <param name="Canary">Of the release that comes.</param>
public readonly record struct ReplicaCounts(int Stable, int Canary);
