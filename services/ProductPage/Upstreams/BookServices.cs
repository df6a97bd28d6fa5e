using Bookinfo.ProductPage.Sessions;
using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.ProductPage.Upstreams;

/// <summary>
/// The page's questions to the other services, on behalf of one request: its headers go along, and <c>end-user</c> from the session in place of what the caller
/// may claim. Each question has the number of tries that the contract gives it.
/// </summary>
internal sealed class BookServices(Upstream details, Upstream reviews, Upstream ratings, SessionCookie sessions, int floodFactor, TimeProvider time)
{
    /// <summary>How long one try may take, from connecting to the last byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private const string TheBook = "0";

    private const string EndUser = "end-user";

    public Task<Answer> DetailsAsync(HttpRequest caller, string id) => AskAsync(details, id, tries: 1, caller);

    // Twice, on purpose, as the original does: 2 x 3 s is shorter than the 10 s that reviews v2 waits for ratings, which is what the delay lesson shows.
    public Task<Answer> ReviewsAsync(HttpRequest caller, string id) => AskAsync(reviews, id, tries: 2, caller);

    public Task<Answer> RatingsAsync(HttpRequest caller, string id) => AskAsync(ratings, id, tries: 1, caller);

    /// <summary>Everything a page needs, asked side by side; the flood of <c>FLOOD_FACTOR</c> runs beside it and ends with it.</summary>
    public async Task<(Answer Details, Answer Reviews)> PageAsync(HttpRequest caller)
    {
        var detailsAnswer = DetailsAsync(caller, TheBook);
        var reviewsAnswer = ReviewsAsync(caller, TheBook);
        if (floodFactor > 0)
        {
            await Task.WhenAll(Enumerable.Range(0, floodFactor).Select(_ => AskAsync(reviews, TheBook, tries: 1, caller)));
        }

        return (await detailsAnswer, await reviewsAnswer);
    }

    private async Task<Answer> AskAsync(Upstream service, string id, int tries, HttpRequest caller)
    {
        var path = $"/{service.Name}/{Uri.EscapeDataString(id)}";
        KeyValuePair<string, string>[] endUser = sessions.UserOf(caller) is { } user ? [new(EndUser, user)] : [];
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(service, path, endUser, caller);
            if (answer.IsGood || attempt == tries)
            {
                return answer with { Tries = attempt, Took = time.GetElapsedTime(start) };
            }
        }
    }

    private static async Task<Answer> TryAsync(Upstream service, string path, KeyValuePair<string, string>[] endUser, HttpRequest caller)
    {
        try
        {
            using var response = await service.GetAsync(path, caller.Headers, caller.HttpContext.RequestAborted, endUser);
            return await Answer.ReadAsync(response);
        }
        catch (UpstreamException)
        {
            return Answer.Silence;
        }
    }
}
