using System.Text.Json.Serialization;
using Bookinfo.Details.Books;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Details;

/// <summary>The details of a book, in the order of the contract.</summary>
/// <param name="Id">The book's id: a whole number of at most 38 digits.</param>
/// <param name="Author">The first author's name.</param>
/// <param name="Year">The year as a number in release v1, the whole date as text in v2, as the original has it.</param>
/// <param name="Type">The kind of edition: <c>paperback</c> or <c>unknown</c>.</param>
/// <param name="Pages">The number of pages.</param>
/// <param name="Publisher">The publisher's name.</param>
/// <param name="Language"><c>English</c> or <c>unknown</c>.</param>
/// <param name="Isbn10">The ISBN of ten digits.</param>
/// <param name="Isbn13">The ISBN of thirteen digits.</param>
internal sealed record BookDetails(
    Int128 Id,
    string Author,
    object? Year,
    string Type,
    int? Pages,
    string? Publisher,
    string Language,
    [property: JsonPropertyName("ISBN-10")] string Isbn10,
    [property: JsonPropertyName("ISBN-13")] string Isbn13);

/// <summary>How the service's JSON is written and read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BookDetails))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(Volumes))]
internal sealed partial class DetailsJson : JsonSerializerContext;
