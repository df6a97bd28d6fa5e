using System.Text.Json;

namespace Bookinfo.Reviews.Ratings;

/// <summary>Reads <c>{"ratings":{"Reviewer1":5,"Reviewer2":4}}</c>, each reviewer on its own.</summary>
internal static class StarsReader
{
    /// <exception cref="JsonException">The answer is no JSON.</exception>
    public static Stars Read(ReadOnlyMemory<byte> answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("ratings"u8, out var ratings) && ratings.ValueKind == JsonValueKind.Object
            ? new Stars(Read(ratings, "Reviewer1"u8), Read(ratings, "Reviewer2"u8))
            : default;
    }

    // What is no number of stars is as good as none: it would break the page.
    private static int Read(JsonElement ratings, ReadOnlySpan<byte> reviewer) =>
        ratings.TryGetProperty(reviewer, out var rating) && rating.ValueKind == JsonValueKind.Number && rating.TryGetInt32(out var stars) && stars is >= 1 and <= Stars.Most ? stars : 0;
}
