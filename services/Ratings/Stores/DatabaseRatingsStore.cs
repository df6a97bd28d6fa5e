using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.Ratings.Stores;

/// <summary>
/// Keeps what is posted in a database, one row for a book. The schema is made by what comes first, the start of the pod, a request or a
/// probe, since the database may come up after the pods do.
/// </summary>
internal sealed class DatabaseRatingsStore(RatingsDatabase database) : IRatingsStore, IHealthCheck, IDisposable
{
    private readonly SemaphoreSlim _making = new(1, 1);
    private volatile bool _isMade;

    public async ValueTask<IReadOnlyDictionary<string, int>> FindAsync(Int128 id, CancellationToken cancellation)
    {
        var json = await QueryAsync("SELECT ratings FROM ratings WHERE product_id = @id", cancellation,
            ("@id", id.ToString(CultureInfo.InvariantCulture)));
        return json is string text ? JsonSerializer.Deserialize(text, RatingsJson.Default.OrderedDictionaryStringInt32)!
            : BookRatings.Default;
    }

    public async ValueTask SaveAsync(Int128 id, OrderedDictionary<string, int> ratings, CancellationToken cancellation)
    {
        const string Save =
            """
            INSERT INTO ratings (product_id, ratings) VALUES (@id, @ratings)
            ON CONFLICT (product_id) DO UPDATE SET ratings = excluded.ratings
            """;
        var json = JsonSerializer.Serialize(ratings, RatingsJson.Default.OrderedDictionaryStringInt32);
        await QueryAsync(Save, cancellation, ("@id", id.ToString(CultureInfo.InvariantCulture)), ("@ratings", json));
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await PrepareAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (RatingsStoreException)
        {
            return HealthCheckResult.Unhealthy("could not connect to ratings database");
        }
    }

    /// <summary>Makes and seeds the schema where that is not done yet.</summary>
    /// <exception cref="RatingsStoreException">The database cannot be reached.</exception>
    public async Task PrepareAsync(CancellationToken cancellation) => await QueryAsync("SELECT 1 FROM ratings LIMIT 1", cancellation);

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
