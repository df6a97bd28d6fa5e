namespace Bookinfo.Ratings.Store;

/// <summary>Where the ratings are.</summary>
internal interface IRatingsStore
{
    /// <summary>The ratings of a book: those posted last, otherwise the default ones.</summary>
    /// <exception cref="RatingsStoreException">The store cannot be reached.</exception>
    ValueTask<RatingSet> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Replaces the ratings of a book.</summary>
    /// <exception cref="RatingsStoreException">The store cannot be reached.</exception>
    ValueTask SaveAsync(string id, RatingSet ratings, CancellationToken cancellation);
}

/// <summary>The store cannot be reached.</summary>
internal sealed class RatingsStoreException(Exception cause) : Exception(cause.Message, cause);
