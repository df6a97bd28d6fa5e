using System.Text.Json;

namespace Bookinfo.ProductPage.Books;

/// <summary>What the reviews service sent: who served it, and the reviews.</summary>
internal sealed record BookReviews(string? Pod, string? Cluster, IReadOnlyList<Review> Reviews)
{
    /// <summary>Null where this is not an answer of a reviews service.</summary>
    public static BookReviews? Read(JsonElement json)
    {
        if (!json.TryMember("reviews", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var reviews = new List<Review>(list.GetArrayLength());
        foreach (var entry in list.EnumerateArray())
        {
            if (Review.Read(entry) is not { } review)
            {
                return null;
            }

            reviews.Add(review);
        }

        return new BookReviews(json.Text("podname"), json.Text("clustername"), reviews);
    }
}

/// <summary>One reader's review; the rating only from releases that have one.</summary>
internal sealed record Review(string Reviewer, string Text, Rating? Rating)
{
    public static Review? Read(JsonElement json) => json.Text("reviewer") is { } reviewer && json.Text("text") is { } text
        ? new Review(reviewer, text, json.TryMember("rating", out var rating) ? Rating.Read(rating) : null)
        : null;
}

/// <summary>Stars, or why there are none.</summary>
/// <param name="Stars">0 to <see cref="MostStars"/>; meaningless beside an error.</param>
/// <param name="Color">As the release calls it.</param>
/// <param name="Error">The sentence for the reader.</param>
internal sealed record Rating(int Stars, string Color, string? Error)
{
    public const int MostStars = 5;

    private const string Unavailable = "Ratings service is currently unavailable";

    public static Rating Read(JsonElement json)
    {
        if (json.TryMember("stars", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var stars)
            && stars is >= 0 and <= MostStars)
        {
            return new Rating(stars, json.Text("color") ?? "", null);
        }

        return new Rating(0, "", json.Text("error") ?? Unavailable);
    }
}
