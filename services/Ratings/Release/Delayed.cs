namespace Bookinfo.Ratings.Release;

/// <summary><c>v-delayed</c>: every other request, by chance, is answered after 7 seconds.</summary>
internal sealed class Delayed(Random random, TimeProvider time) : IRelease
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
