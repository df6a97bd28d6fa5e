using System.Text.Json;
using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.Details.Books;

/// <summary>The book of release v2, from Google Books' API or whatever stands in its place.</summary>
internal sealed class ExternalBook(Upstream books) : IBookSource
{
    public const string Upstream = "books";

    // The one edition of The Comedy of Errors that names Shakespeare as its only author; the original asks for it, whatever the id.
    private const string Path = "/books/v1/volumes?q=isbn:0486424618";

    public async ValueTask<BookDetails> FindAsync(HttpContext caller)
    {
        try
        {
            using var answer = await books.GetAsync(Path, caller.Request.Headers, caller.RequestAborted);
            if (!answer.IsSuccessStatusCode)
            {
                throw new BookSourceException($"{Upstream}: status {(int)answer.StatusCode}");
            }

            return VolumeReader.Read(await answer.Content.ReadAsByteArrayAsync(caller.RequestAborted));
        }
        catch (Exception problem) when (problem is UpstreamException or JsonException)
        {
            throw new BookSourceException(problem.Message, problem);
        }
    }
}
