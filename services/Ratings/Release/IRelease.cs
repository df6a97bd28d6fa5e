namespace Bookinfo.Ratings.Release;

/// <summary>How a release behaves: the sound ones always answer, the fault releases of Bookinfo misbehave in one way each.</summary>
internal interface IRelease
{
    /// <summary>What <c>GET /health</c> tells.</summary>
    bool IsHealthy { get; }

    /// <summary>Decides one <c>GET /ratings/{id}</c>, after a delay where the release has one.</summary>
    /// <returns>False for 503.</returns>
    ValueTask<bool> IsAvailableAsync(CancellationToken cancellation);
}
