namespace Bookinfo.Ratings.Releases;

/// <summary><c>v-faulty</c>: half of the requests, by chance, are 503.</summary>
internal sealed class FaultyRelease(Random random) : IRelease
{
    public bool IsHealthy => true;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(random.NextDouble() >= 0.5);
}

/// <summary><c>v-delayed</c>: half of the requests, by chance, are answered after 7 seconds.</summary>
internal sealed class DelayedRelease(Random random, TimeProvider time) : IRelease
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(7);

    public bool IsHealthy => true;

    public async ValueTask<bool> IsAvailableAsync(CancellationToken cancellation)
    {
        if (random.NextDouble() < 0.5)
        {
            await Task.Delay(Delay, time, cancellation);
        }

        return true;
    }
}

/// <summary>
/// <c>v-unavailable</c> and <c>v-unhealthy</c>: fine for one period from the start on, 503 for the next, and so on. Only the second tells
/// its probes.
/// </summary>
internal sealed class TogglingRelease(TimeSpan period, bool tellsProbes, TimeProvider time) : IRelease
{
    private readonly long _start = time.GetTimestamp();

    public bool IsHealthy => !tellsProbes || IsUp;

    private bool IsUp => (long)(time.GetElapsedTime(_start) / period) % 2 == 0;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(IsUp);
}
