using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using Bookinfo.ServiceDefaults.Health;

namespace Bookinfo.Ratings.Store;

/// <summary>
/// Keeps what is posted in a database, one row for a book. The schema is made by whoever comes first: the start of the pod, a request or a probe, since the
/// database may come up after the pods do.
/// </summary>
internal sealed class DatabaseRatingsStore(RatingsDatabase database) : IRatingsStore, IReadinessCheck, IDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile bool _isMade;

    public async ValueTask<RatingSet> FindAsync(string id, CancellationToken cancellation)
    {
        var json = await QueryAsync("SELECT ratings FROM ratings WHERE product_id = @id", cancellation, ("@id", id));
        return json is string text ? new RatingSet(Encoding.UTF8.GetBytes(text)) : RatingSet.Default;
    }

    public async ValueTask SaveAsync(string id, RatingSet ratings, CancellationToken cancellation)
    {
        const string Save = "INSERT INTO ratings (product_id, ratings) VALUES (@id, @ratings) ON CONFLICT (product_id) DO UPDATE SET ratings = excluded.ratings";
        await QueryAsync(Save, cancellation, ("@id", id), ("@ratings", Encoding.UTF8.GetString(ratings.Json)));
    }

    public async ValueTask<string?> FindProblemAsync(CancellationToken cancellation)
    {
        try
        {
            await QueryAsync("SELECT 1 FROM ratings LIMIT 1", cancellation);
            return null;
        }
        catch (RatingsStoreException)
        {
            return "could not connect to ratings database";
        }
    }

    public void Dispose() => _making.Dispose();

    private async ValueTask<object?> QueryAsync(string sql, CancellationToken cancellation, params (string Name, string Value)[] parameters)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellation);
            if (!_isMade)
            {
                await MakeSchemaAsync(connection, cancellation);
            }

            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, value) in parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            return await command.ExecuteScalarAsync(cancellation);
        }
        catch (Exception problem) when (problem is DbException or SocketException or TimeoutException)
        {
            // It may come back as another database, an empty one.
            _isMade = false;
            throw new RatingsStoreException(problem);
        }
    }

    // The semaphore holds this pod's own requests back, the database's lock the other pods.
    private async Task MakeSchemaAsync(DbConnection connection, CancellationToken cancellation)
    {
        await _making.WaitAsync(cancellation);
        try
        {
            if (_isMade)
            {
                return;
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            foreach (var statement in database.Lock is { } take ? [take, .. RatingsDatabase.Schema] : RatingsDatabase.Schema)
            {
                await using var command = connection.CreateCommand();
                (command.CommandText, command.Transaction) = (statement, transaction);
                await command.ExecuteNonQueryAsync(cancellation);
            }

            await transaction.CommitAsync(cancellation);
            _isMade = true;
        }
        finally
        {
            _making.Release();
        }
    }
}
