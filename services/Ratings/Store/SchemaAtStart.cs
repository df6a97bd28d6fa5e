namespace Bookinfo.Ratings.Store;

/// <summary>Makes and seeds the schema while the pod starts, so that the first reader does not wait for it. A database that is not there yet is no reason to fail.</summary>
internal sealed class SchemaAtStart(DatabaseRatingsStore store, ILogger<SchemaAtStart> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await store.FindProblemAsync(stoppingToken) is { } problem)
        {
            logger.LogWarning("{Problem} while starting; readiness stays off until it is there", problem);
        }
    }
}
