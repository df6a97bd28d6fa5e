using System.Data.Common;

namespace Bookinfo.Ratings.Stores;

/// <summary>A database of either kind, and the one statement in which they differ.</summary>
/// <param name="Source">Gives connections, pooled.</param>
/// <param name="Lock">Taken first in the transaction that makes the schema; null where beginning a transaction takes the lock
/// already.</param>
internal sealed record RatingsDatabase(DbDataSource Source, string? Lock) : IAsyncDisposable
{
    /// <summary>The first book's ratings are put there at start; books without a row have the default.</summary>
    public static string[] Schema { get; } =
    [
        "CREATE TABLE IF NOT EXISTS ratings (product_id TEXT PRIMARY KEY, ratings TEXT NOT NULL)",
        """INSERT INTO ratings (product_id, ratings) VALUES ('0', '{"Reviewer1":5,"Reviewer2":4}') ON CONFLICT (product_id) DO NOTHING""",
    ];

    public ValueTask DisposeAsync() => Source.DisposeAsync();
}
