using System.Text.Json;
using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.Reviews.Ratings;

/// <summary>Asks ratings, once. Whatever goes wrong, the reviews are worth reading without stars.</summary>
internal sealed class RatingsClient(Upstream ratings, ILogger<RatingsClient> logger)
{
    public const string Upstream = "ratings";

    /// <exception cref="OperationCanceledException">The reader went away.</exception>
    public async ValueTask<Stars> GetAsync(string id, HttpContext caller)
    {
        try
        {
            using var answer = await ratings.GetAsync($"/ratings/{id}", caller.Request.Headers, caller.RequestAborted);
            if (answer.IsSuccessStatusCode)
            {
                return StarsReader.Read(await answer.Content.ReadAsByteArrayAsync(caller.RequestAborted));
            }

            logger.LogWarning("No stars: ratings answered {Status}", (int)answer.StatusCode);
        }
        catch (Exception problem) when (problem is UpstreamException or JsonException)
        {
            logger.LogWarning("No stars: {Problem}", problem.Message);
        }

        return default;
    }
}
