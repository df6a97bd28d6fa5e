using Bookinfo.Details.Books;
using Bookinfo.ServiceDefaults.Hosting;

namespace Bookinfo.Details;

/// <summary><c>GET /details/{id}</c>: author, year, pages and so on. The book is the same for every id, as in the original.</summary>
internal sealed class GetDetails(IBookSource books, ILogger logger)
{
    private static readonly byte[] NoNumber = """{"error":"please provide numeric product id"}"""u8.ToArray();
    private static readonly byte[] NoBook = """{"error":"could not get the book from the external book service"}"""u8.ToArray();

    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        if (!DetailsPath.TryRead(context, out var id))
        {
            await response.WriteJsonAsync(StatusCodes.Status400BadRequest, NoNumber);
            return;
        }

        try
        {
            var book = await books.FindAsync(context);
            await response.WriteJsonAsync(BookDetails.Head, id, book.Tail);
        }
        catch (BookSourceException problem)
        {
            logger.LogWarning("No book: {Problem}", problem.Message);
            await response.WriteJsonAsync(StatusCodes.Status502BadGateway, NoBook);
        }
    }
}
