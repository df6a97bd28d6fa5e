using System.Text.Json.Serialization;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Ratings;

/// <summary>The ratings of a book.</summary>
/// <param name="Id">The book's id: a whole number of at most 38 digits.</param>
/// <param name="Ratings">The reviewers' names and their stars, 1 to 5, in the order in which they were posted.</param>
internal sealed record BookRatings(Int128 Id, IReadOnlyDictionary<string, int> Ratings)
{
    /// <summary>Bookinfo's ratings of every book that has no others.</summary>
    public static IReadOnlyDictionary<string, int> Default { get; } =
        new OrderedDictionary<string, int> { ["Reviewer1"] = 5, ["Reviewer2"] = 4 };
}

/// <summary>How the service's JSON is written and read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BookRatings))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(OrderedDictionary<string, int>))]
[JsonSerializable(typeof(OrderedDictionary<string, double>))]
internal sealed partial class RatingsJson : JsonSerializerContext;
