using Bookinfo.Ratings.Store;
using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Ratings;

/// <summary><c>POST /ratings/{id}</c>: replaces the ratings of a book, and answers with them.</summary>
internal sealed class PostRatings(IRatingsStore store, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        if (!RatingsPath.TryRead(context, out var id))
        {
            await response.WriteNoNumberAsync();
        }
        else if (await RatingsReader.ReadAsync(context.Request.Body, context.RequestAborted) is not { } ratings)
        {
            await response.WriteNoRatingsAsync();
        }
        else
        {
            try
            {
                await store.SaveAsync(id, ratings, context.RequestAborted);
                await response.WriteJsonAsync(RatingSet.Head, id, ratings.Tail);
            }
            catch (RatingsStoreException problem)
            {
                logger.LogError("Cannot store ratings: {Problem}", problem.Message);
                await response.WriteNoDatabaseAsync();
            }
        }
    }
}
