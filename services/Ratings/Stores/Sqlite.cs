using Microsoft.Data.Sqlite;

namespace Bookinfo.Ratings.Stores;

/// <summary>Ratings in a SQLite file.</summary>
internal static class Sqlite
{
    // One file for all pods of this process, as they would share one database on a cluster.
    private static readonly Lazy<string> Temporary = new(() =>
    {
        var file = Path.Combine(Path.GetTempPath(), $"bookinfo-ratings-{Environment.ProcessId}-{Guid.NewGuid():N}.db");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(file);
        return file;
    });

    /// <param name="file">The file; null for one that lives as long as the process.</param>
    public static RatingsDatabase Open(string? file)
    {
        // Seconds that a writer waits for another one. SQLite's transactions begin "immediate" here: the lock is taken at once.
        var settings = new SqliteConnectionStringBuilder { DataSource = file ?? Temporary.Value, DefaultTimeout = 5 };
        return new RatingsDatabase(SqliteFactory.Instance.CreateDataSource(settings.ConnectionString), Lock: null);
    }
}
