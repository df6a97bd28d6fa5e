using System.Text.Json;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.ProductPage.Upstreams;

/// <summary>The result of asking another service: its JSON, or the status to tell a caller instead.</summary>
/// <param name="Status">200 with <paramref name="Body"/>, otherwise what to answer.</param>
/// <param name="Body">The JSON as it came; empty unless the status is 200.</param>
/// <param name="Json">The same, read.</param>
/// <param name="Trouble">What came instead of an answer, in a few words; null beside JSON.</param>
/// <param name="Release">The release that answered last, where it said so.</param>
/// <param name="Pod">The pod that answered last, where it said so.</param>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body, JsonElement Json, string? Trouble, string? Release, string? Pod)
{
    /// <summary>No connection, or nothing in time.</summary>
    public static Answer Silence { get; } = Failure(StatusCodes.Status500InternalServerError, "no answer", null, null);

    /// <summary>How often the service was asked.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>From the first try to the end of the last.</summary>
    public TimeSpan Took { get; init; }

    public bool IsGood => Status == StatusCodes.Status200OK;

    /// <summary>Reads a response, whatever it may be.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var (release, pod) = (HeaderOf(response, ServiceIdentity.ReleaseHeader), HeaderOf(response, ServiceIdentity.PodHeader));
        if ((int)response.StatusCode is var status && status != StatusCodes.Status200OK)
        {
            return Failure(status, $"status {status}", release, pod);
        }

        var body = await response.Content.ReadAsByteArrayAsync();
        try
        {
            return new Answer(status, body, JsonElement.Parse(body), null, release, pod);
        }
        catch (JsonException)
        {
            return Failure(StatusCodes.Status500InternalServerError, "an answer that is not JSON", release, pod);
        }
    }

    // Our own answer says that it is sorry, which these statuses leave no room for.
    private static Answer Failure(int status, string trouble, string? release, string? pod) => new(
        status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified
            ? StatusCodes.Status500InternalServerError
            : status,
        default, default, trouble, release, pod);

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
