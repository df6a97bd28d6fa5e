using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Reviews;

/// <summary>The reviews of a book.</summary>
/// <param name="Id">The book's id, as text: in the original, too.</param>
/// <param name="PodName">The pod that answers.</param>
/// <param name="ClusterName">The cluster it runs on, or the word null.</param>
/// <param name="Reviews">The reviews.</param>
internal sealed record BookReviews(
    string Id,
    [property: JsonPropertyName("podname")] string PodName,
    [property: JsonPropertyName("clustername")] string ClusterName,
    IReadOnlyList<Review> Reviews);

/// <summary>What one reader wrote.</summary>
/// <param name="Reviewer">The reader's name.</param>
/// <param name="Text">The review.</param>
/// <param name="Rating">The reader's stars; absent in release v1.</param>
internal sealed record Review(
    string Reviewer, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Rating? Rating = null);

/// <summary>Stars and their colour, or why there are none.</summary>
/// <param name="Stars">1 to 5.</param>
/// <param name="Color">The stars' colour by its English name.</param>
/// <param name="Error">A sentence for the reader, in place of the stars.</param>
internal sealed record Rating(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Stars = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Color = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null)
{
    /// <summary>What a reader sees where ratings does not say how many stars there are.</summary>
    public static Rating Unavailable { get; } = new(Error: "Ratings service is currently unavailable");
}

/// <summary>
/// What ratings answers, as far as it is read here. Each value is looked at by itself, because one that makes no sense must not cost the
/// others.
/// </summary>
/// <param name="Ratings">Stars by the reviewer's name.</param>
internal sealed record RatingsAnswer(IReadOnlyDictionary<string, JsonElement>? Ratings);

/// <summary>How the service's JSON is written and read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BookReviews))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(RatingsAnswer))]
internal sealed partial class ReviewsJson : JsonSerializerContext;
