namespace Bookinfo.Ratings.Stores;

/// <summary>
/// Makes and seeds the schema while the pod starts, so that the first reader does not wait for it. The pod starts without its database,
/// too.
/// </summary>
internal sealed class SchemaAtStart(DatabaseRatingsStore store, ILogger<SchemaAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.PrepareAsync(stoppingToken);
        }
        catch (RatingsStoreException problem)
        {
            logger.LogWarning("The ratings database cannot be reached yet ({Problem}). The pod is not ready until it can.",
                problem.Message);
        }
    }
}
