using System.Net.Http.Headers;
using System.Text.Json;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>What a caller got.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Response headers, content headers among them; the values of one name joined by a comma.</param>
/// <param name="Text">The body.</param>
/// <param name="Trailers">Trailing headers.</param>
/// <param name="RequestId">The <c>x-request-id</c> by which the access log knows this request.</param>
public sealed record Reply(
    int Status, IReadOnlyDictionary<string, string> Headers, string Text, IReadOnlyDictionary<string, string> Trailers, string RequestId)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNameCaseInsensitive = true };

    /// <summary>What the pod saw; null where no pod answered.</summary>
    public Echo? Echo { get; } = Headers.GetValueOrDefault("content-type") == "application/json"
        && Text.Contains("\"Workload\"", StringComparison.Ordinal)
        ? JsonSerializer.Deserialize<Echo>(Text, Json)
        : null;

    public static async Task<Reply> ReadAsync(HttpResponseMessage response, string requestId)
    {
        var text = await response.Content.ReadAsStringAsync();
        return new Reply(
            (int)response.StatusCode,
            Map(response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)),
            text,
            Map(response.TrailingHeaders.NonValidated),
            requestId);
    }

    // Not validated: the typed headers of HttpClient would write a Location anew.
    private static Dictionary<string, string> Map(IEnumerable<KeyValuePair<string, HeaderStringValues>> headers) =>
        headers.ToDictionary(header => header.Key, header => Join(header.Key, header.Value), StringComparer.OrdinalIgnoreCase);

    private static string Join(string name, IEnumerable<string> values) =>
        name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? string.Join('\n', values) : EchoPod.Join(values);
}
