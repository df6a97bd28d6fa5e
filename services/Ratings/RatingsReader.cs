using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bookinfo.Ratings;

/// <summary>Reads a posted body: an object of reviewers' names and whole stars from 1 to 5. Anything else would break the services that read it later.</summary>
internal static class RatingsReader
{
    private static readonly JsonWriterOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where the body is something else.</returns>
    public static async Task<RatingSet?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The second: a name that is no text, such as half of a surrogate pair.
            return null;
        }
    }

    private static RatingSet? Read(JsonElement body)
    {
        // A name given twice keeps its first place and its last stars, as in JavaScript.
        var ratings = new OrderedDictionary<string, int>();
        foreach (var rating in body.EnumerateObject())
        {
            if (!TryReadStars(rating.Value, out var stars))
            {
                return null;
            }

            ratings[rating.Name] = stars;
        }

        return Write(ratings);
    }

    // 5.0 and 5e0 are the number five, too.
    private static bool TryReadStars(JsonElement value, out int stars)
    {
        stars = 0;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || number is < 1 or > 5 || number % 1 != 0)
        {
            return false;
        }

        stars = (int)number;
        return true;
    }

    private static RatingSet Write(OrderedDictionary<string, int> ratings)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Written))
        {
            writer.WriteStartObject();
            foreach (var (reviewer, stars) in ratings)
            {
                writer.WriteNumber(reviewer, stars);
            }

            writer.WriteEndObject();
        }

        return new RatingSet(json.WrittenSpan);
    }
}
