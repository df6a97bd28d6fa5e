using Bookinfo.ServiceDefaults.Health;

namespace Bookinfo.Ratings.Release;

/// <summary><c>v-unavailable</c> and <c>v-unhealthy</c>: fine for one period from the start on, 503 for the next, and so on. Only the second lets probes see it.</summary>
internal sealed class Toggling(TimeSpan period, bool probesSeeIt, TimeProvider time) : IRelease, IReadinessCheck
{
    private readonly long _start = time.GetTimestamp();

    public bool IsHealthy => !probesSeeIt || IsUp;

    private bool IsUp => (long)(time.GetElapsedTime(_start) / period) % 2 == 0;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(IsUp);

    public ValueTask<string?> FindProblemAsync(CancellationToken cancellation) => ValueTask.FromResult(IsHealthy ? null : "the release is unhealthy on purpose");
}
