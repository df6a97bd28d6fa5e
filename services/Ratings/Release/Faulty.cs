namespace Bookinfo.Ratings.Release;

/// <summary><c>v-faulty</c>: every other request, by chance, is 503.</summary>
internal sealed class Faulty(Random random) : IRelease
{
    public bool IsHealthy => true;

    public ValueTask<bool> IsAvailableAsync(CancellationToken cancellation) => ValueTask.FromResult(random.NextDouble() >= 0.5);
}
