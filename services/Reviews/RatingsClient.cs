using System.Text.Json;
using Bookinfo.ServiceDefaults.Http;

namespace Bookinfo.Reviews;

/// <summary>Asks ratings, once. Whatever goes wrong, the reviews are worth reading without stars.</summary>
internal sealed class RatingsClient(IHttpClientFactory clients, ILogger<RatingsClient> logger)
{
    private static readonly RatingsAnswer Nothing = new((IReadOnlyDictionary<string, JsonElement>?)null);

    /// <returns>What ratings says of a book; nothing where it cannot be asked.</returns>
    /// <exception cref="OperationCanceledException">The reader went away.</exception>
    public async Task<RatingsAnswer> GetAsync(int id, CancellationToken cancellation)
    {
        try
        {
            using var http = clients.CreateClient("ratings");
            return await http.GetFromJsonAsync($"/ratings/{id}", ReviewsJson.Default.RatingsAnswer, cancellation) ?? Nothing;
        }
        catch (Exception problem) when (problem.IsUpstreamFailure() || problem is JsonException)
        {
            logger.LogWarning("No stars: {Problem}", problem.Message);
            return Nothing;
        }
    }
}
