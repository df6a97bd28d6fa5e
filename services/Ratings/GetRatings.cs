using Bookinfo.Ratings.Release;
using Bookinfo.Ratings.Store;
using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Ratings;

/// <summary><c>GET /ratings/{id}</c>: what the reviewers gave a book. Every id has ratings; where nobody posted any, the default ones.</summary>
internal sealed class GetRatings(IRatingsStore store, IRelease release, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        if (!RatingsPath.TryRead(context, out var id))
        {
            await response.WriteNoNumberAsync();
        }
        else if (!await release.IsAvailableAsync(context.RequestAborted))
        {
            await response.WriteUnavailableAsync();
        }
        else
        {
            try
            {
                var ratings = await store.FindAsync(id, context.RequestAborted);
                await response.WriteJsonAsync(RatingSet.Head, id, ratings.Tail);
            }
            catch (RatingsStoreException problem)
            {
                logger.LogError("Cannot read ratings: {Problem}", problem.Message);
                await response.WriteNoDatabaseAsync();
            }
        }
    }
}
