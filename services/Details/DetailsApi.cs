using System.Globalization;
using Bookinfo.Details.Books;
using Bookinfo.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Bookinfo.Details;

/// <summary>The service's endpoints.</summary>
internal static class DetailsApi
{
    private static readonly ErrorAnswer NoId = new("please provide numeric product id");
    private static readonly ErrorAnswer NoBook = new("could not get the book from the external book service");

    public static void MapDetailsApi(this IEndpointRouteBuilder app)
    {
        // Everything after the slash is the id, so that /details and /details/0/foo get the contract's 400.
        app.MapGet("/details/{**id}", GetDetails).WithName("GetDetails").WithSummary("The details of a book")
            .Produces<ErrorAnswer>(StatusCodes.Status502BadGateway);
        app.MapGet("/health", () => TypedResults.Ok(new HealthAnswer("Details is healthy"))).WithName("GetHealth")
            .WithSummary("That the service answers");
    }

    // The book is the same for every id, as in the original.
    private static async Task<Results<Ok<BookDetails>, BadRequest<ErrorAnswer>, JsonHttpResult<ErrorAnswer>>> GetDetails(
        string? id, IBookSource books, ILoggerFactory loggers, CancellationToken cancellation)
    {
        if (!Int128.TryParse(id?.TrimEnd('/'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var product))
        {
            return TypedResults.BadRequest(NoId);
        }

        try
        {
            return TypedResults.Ok(await books.FindAsync(product, cancellation));
        }
        catch (BookSourceException problem)
        {
            loggers.CreateLogger<BookDetails>().LogWarning("No book: {Problem}", problem.Message);
            return TypedResults.Json(NoBook, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}
