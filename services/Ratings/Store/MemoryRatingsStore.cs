using System.Collections.Concurrent;

namespace Bookinfo.Ratings.Store;

/// <summary>Keeps what is posted for as long as the pod lives.</summary>
internal sealed class MemoryRatingsStore : IRatingsStore
{
    private readonly ConcurrentDictionary<string, RatingSet> _posted = new(StringComparer.Ordinal);

    public ValueTask<RatingSet> FindAsync(string id, CancellationToken cancellation) => ValueTask.FromResult(_posted.GetValueOrDefault(id, RatingSet.Default));

    public ValueTask SaveAsync(string id, RatingSet ratings, CancellationToken cancellation)
    {
        _posted[id] = ratings;
        return ValueTask.CompletedTask;
    }
}
