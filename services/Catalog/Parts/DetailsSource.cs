using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog.Parts;

/// <summary>The details of a book, from the service of that name.</summary>
/// <param name="call">The way to it.</param>
internal sealed class DetailsSource(PartCall call)
{
    /// <summary>The part of one book.</summary>
    /// <param name="bookId">The book's id.</param>
    /// <param name="cancellation">Ends when the caller has gone or its deadline has passed.</param>
    public async Task<DetailsPart> GetAsync(int bookId, CancellationToken cancellation)
    {
        var answer = await call.GetAsync("details", bookId, CatalogJson.Default.DetailsAnswer, Read, cancellation);
        var part = new DetailsPart { ServedBy = answer.ServedBy };
        if (answer.Value is { } details)
        {
            part.Details = details;
        }
        else
        {
            part.Error = answer.Error;
        }

        return part;
    }

    private static Details Read(DetailsAnswer answer) => new()
    {
        Author = answer.Author,
        Published = answer.Year.ValueKind switch
        {
            JsonValueKind.Number => answer.Year.GetRawText(),
            JsonValueKind.String => answer.Year.GetString(),
            _ => throw new JsonException("year is neither a number nor a date"),
        },
        Type = answer.Type,
        Pages = answer.Pages,
        Publisher = answer.Publisher,
        Language = answer.Language,
        Isbn10 = answer.Isbn10,
        Isbn13 = answer.Isbn13,
    };
}

/// <summary>The JSON of the details service. Its release v1 says the year as a number, v2 the whole date as a string.</summary>
internal sealed record DetailsAnswer(
    [property: JsonPropertyName("author"), JsonRequired] string Author,
    [property: JsonPropertyName("year"), JsonRequired] JsonElement Year,
    [property: JsonPropertyName("type"), JsonRequired] string Type,
    [property: JsonPropertyName("pages"), JsonRequired] int Pages,
    [property: JsonPropertyName("publisher"), JsonRequired] string Publisher,
    [property: JsonPropertyName("language"), JsonRequired] string Language,
    [property: JsonPropertyName("ISBN-10"), JsonRequired] string Isbn10,
    [property: JsonPropertyName("ISBN-13"), JsonRequired] string Isbn13);
