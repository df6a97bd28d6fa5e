namespace Bookinfo.Ratings.Stores;

/// <summary>Where the ratings are.</summary>
internal interface IRatingsStore
{
    /// <summary>The ratings of a book: those posted last, otherwise <see cref="BookRatings.Default"/>.</summary>
    /// <exception cref="RatingsStoreException">The store cannot be reached.</exception>
    ValueTask<IReadOnlyDictionary<string, int>> FindAsync(Int128 id, CancellationToken cancellation);

    /// <summary>Replaces the ratings of a book.</summary>
    /// <exception cref="RatingsStoreException">The store cannot be reached.</exception>
    ValueTask SaveAsync(Int128 id, OrderedDictionary<string, int> ratings, CancellationToken cancellation);
}

/// <summary>The store cannot be reached.</summary>
internal sealed class RatingsStoreException(Exception cause) : Exception(cause.Message, cause);
