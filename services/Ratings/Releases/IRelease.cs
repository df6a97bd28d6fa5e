namespace Bookinfo.Ratings.Releases;

/// <summary>How a release behaves: most always answer; the fault releases of Bookinfo fail in one way each.</summary>
internal interface IRelease
{
    /// <summary>What <c>GET /health</c> and readiness say.</summary>
    bool IsHealthy { get; }

    /// <summary>Decides one <c>GET /ratings/{id}</c>, after a delay where the release has one.</summary>
    /// <returns>False for 503.</returns>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellation);
}

/// <summary>v1, v2 and every other release that is not meant to fail.</summary>
internal sealed class SoundRelease : IRelease
{
    public bool IsHealthy => true;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(true);
}
