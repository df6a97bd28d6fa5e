using Bookinfo.Catalog.Books;
using Bookinfo.Catalog.Parts;
using Bookinfo.Catalog.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Bookinfo.Catalog;

/// <summary>The methods of <c>bookinfo.catalog.v1.Catalog</c>; what each promises stands in the proto file.</summary>
/// <param name="options">The release's settings.</param>
/// <param name="details">Where the details come from.</param>
/// <param name="reviews">Where the reviews come from.</param>
/// <param name="ratings">Where the ratings come from.</param>
/// <param name="watch">How changes of the ratings are seen.</param>
internal sealed class CatalogApi(
    IOptions<CatalogOptions> options, DetailsSource details, ReviewsSource reviews, RatingsSource ratings, RatingsWatch watch)
        : V1.Catalog.CatalogBase
{
    /// <inheritdoc/>
    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context) =>
        Task.FromResult(new ListBooksResponse { Books = { BookShelf.Books } });

    /// <inheritdoc/>
    public override async Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context)
    {
        var book = BookRequests.Find(request.HasBookId, request.BookId);

        var cancellation = context.CancellationToken;
        var fromDetails = details.GetAsync(book.Id, cancellation);
        var fromReviews = reviews.GetAsync(book.Id, cancellation);
        var fromRatings = ratings.GetAsync(book.Id, cancellation);
        await Task.WhenAll(fromDetails, fromReviews, fromRatings);

        var ratingsPart = await fromRatings;
        return new GetBookResponse
        {
            Book = book,
            Details = await fromDetails,
            Reviews = await fromReviews,
            Ratings = ratingsPart,
            RatingSummary = options.Value.SummarizesRatings ? RatingSummaries.Of(ratingsPart) : null,
        };
    }

    /// <inheritdoc/>
    public override Task WatchRatings(
        WatchRatingsRequest request, IServerStreamWriter<WatchRatingsResponse> responseStream, ServerCallContext context)
    {
        var book = BookRequests.Find(request.HasBookId, request.BookId);
        return watch.RunAsync(book.Id, responseStream.WriteAsync, context.CancellationToken);
    }
}
