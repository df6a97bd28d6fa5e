namespace Bookinfo.Ratings.Stores;

/// <summary>
/// Keeps what is posted for as long as the pod lives: the ratings of the last <see cref="MaxBooks"/> books. With
/// <see cref="RatingsApi.MaxBody"/> that bounds the memory that callers can take.
/// </summary>
internal sealed class MemoryRatingsStore : IRatingsStore
{
    public const int MaxBooks = 1_000;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<Int128, OrderedDictionary<string, int>> _posted = [];

    public ValueTask<IReadOnlyDictionary<string, int>> FindAsync(Int128 id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_posted.TryGetValue(id, out var ratings) ? ratings : BookRatings.Default);
        }
    }

    public ValueTask SaveAsync(Int128 id, OrderedDictionary<string, int> ratings, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _posted.Remove(id);
            if (_posted.Count == MaxBooks)
            {
                _posted.RemoveAt(0);
            }

            _posted.Add(id, ratings);
        }

        return ValueTask.CompletedTask;
    }
}
