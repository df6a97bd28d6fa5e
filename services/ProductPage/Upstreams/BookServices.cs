using Bookinfo.ProductPage.Sessions;
using Bookinfo.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Bookinfo.ProductPage.Upstreams;

/// <summary>
/// The page's calls to the other services, on behalf of one request: its headers go along, and <c>end-user</c> from the session in place of
/// what the caller may claim. Each call has the number of tries that the contract gives it.
/// </summary>
internal sealed class BookServices(IHttpClientFactory clients, SessionCookie sessions, IOptions<ProductPageOptions> options,
    TimeProvider time)
{
    /// <summary>The services that the page calls.</summary>
    public static readonly string[] Names = ["details", "reviews", "ratings"];

    /// <summary>How long one try may take, from connecting to the last byte.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private const string FirstBook = "0";

    public Task<Answer> DetailsAsync(HttpRequest caller, string id) => CallAsync("details", id, tries: 1, caller);

    // Twice, on purpose, as the original does: 2 x 3 s is shorter than the 10 s that reviews v2 waits for ratings, which is what the delay
    // lesson shows.
    public Task<Answer> ReviewsAsync(HttpRequest caller, string id) => CallAsync("reviews", id, tries: 2, caller);

    public Task<Answer> RatingsAsync(HttpRequest caller, string id) => CallAsync("ratings", id, tries: 1, caller);

    /// <summary>
    /// Everything a page needs, asked side by side; the extra calls of <c>FLOOD_FACTOR</c> run beside them and end with the page.
    /// </summary>
    public async Task<(Answer Details, Answer Reviews)> PageAsync(HttpRequest caller)
    {
        var details = DetailsAsync(caller, FirstBook);
        var reviews = ReviewsAsync(caller, FirstBook);
        if (options.Value.FloodFactor > 0)
        {
            await Task.WhenAll(Enumerable.Range(0, options.Value.FloodFactor)
                .Select(_ => CallAsync("reviews", FirstBook, tries: 1, caller)));
        }

        return (await details, await reviews);
    }

    private async Task<Answer> CallAsync(string service, string id, int tries, HttpRequest caller)
    {
        var path = $"/{service}/{Uri.EscapeDataString(id)}";
        var user = sessions.UserOf(caller);
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var answer = await TryAsync(service, path, user, caller.HttpContext.RequestAborted);
            if (answer.IsGood || attempt == tries)
            {
                return answer with { Tries = attempt, Took = time.GetElapsedTime(start) };
            }
        }
    }

    private async Task<Answer> TryAsync(string service, string path, string? user, CancellationToken cancellation)
    {
        using var http = clients.CreateClient(service);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (user is not null)
        {
            request.Headers.TryAddWithoutValidation("end-user", user);
        }

        try
        {
            using var response = await http.SendAsync(request, cancellation);
            return await Answer.ReadAsync(response);
        }
        catch (Exception problem) when (problem.IsUpstreamFailure())
        {
            return Answer.Silence;
        }
    }
}
