using System.Text.Json;
using Bookinfo.ServiceDefaults.Http;

namespace Bookinfo.Details.Books;

/// <summary>The book of release v2, from Google Books' API or a service with the same API.</summary>
/// <param name="http">The client, with the service's address.</param>
internal sealed class ExternalBookService(HttpClient http) : IBookSource
{
    // The one edition of The Comedy of Errors that names Shakespeare as its only author; the original asks for it, whatever the id.
    private const string Path = "/books/v1/volumes?q=isbn:0486424618";

    public async ValueTask<BookDetails> FindAsync(Int128 id, CancellationToken cancellation)
    {
        try
        {
            var volumes = await http.GetFromJsonAsync(Path, DetailsJson.Default.Volumes, cancellation);
            var book = volumes?.Items is [{ VolumeInfo: { } first }, ..] ? first
                : throw new BookSourceException("the answer has no volume");
            return new BookDetails(
                id,
                book.Authors is [{ } author, ..] ? author : throw new BookSourceException("the volume has no author"),
                book.PublishedDate,
                book.PrintType == "BOOK" ? "paperback" : "unknown",
                book.PageCount,
                book.Publisher,
                book.Language == "en" ? "English" : "unknown",
                Isbn(book, "ISBN_10"),
                Isbn(book, "ISBN_13"));
        }
        catch (Exception problem) when (problem.IsUpstreamFailure() || problem is JsonException)
        {
            throw new BookSourceException(problem.Message, problem);
        }
    }

    private static string Isbn(VolumeInfo book, string type) =>
        book.IndustryIdentifiers?.FirstOrDefault(identifier => identifier.Type == type)?.Identifier
        ?? throw new BookSourceException($"the volume has no {type}");
}

/// <summary>The answer of Google Books' API, as far as it is read here.</summary>
internal sealed record Volumes(IReadOnlyList<Volume?>? Items);

/// <summary>One edition.</summary>
internal sealed record Volume(VolumeInfo? VolumeInfo);

/// <summary>What the API says of an edition; every member may be missing.</summary>
internal sealed record VolumeInfo(
    IReadOnlyList<string?>? Authors,
    string? Publisher,
    string? PublishedDate,
    string? PrintType,
    int? PageCount,
    string? Language,
    IReadOnlyList<IndustryIdentifier>? IndustryIdentifiers);

/// <summary>A number of an edition, such as <c>ISBN_10</c>.</summary>
internal sealed record IndustryIdentifier(string? Type, string? Identifier);
