namespace Bookinfo.Ratings.Release;

/// <summary>v1, v2 and whatever else is not meant to fail.</summary>
internal sealed class Sound : IRelease
{
    public bool IsHealthy => true;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(true);
}
