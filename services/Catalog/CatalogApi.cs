using Bookinfo.Catalog.Books;
using Bookinfo.Catalog.Parts;
using Bookinfo.Catalog.V1;
using Grpc.Core;

namespace Bookinfo.Catalog;

/// <summary>The methods of <c>bookinfo.catalog.v1.Catalog</c>; what each promises stands in the proto file.</summary>
/// <param name="settings">The release's settings.</param>
/// <param name="details">Where the details come from.</param>
/// <param name="reviews">Where the reviews come from.</param>
/// <param name="ratings">Where the ratings come from.</param>
/// <param name="watch">How changes of the ratings are seen.</param>
internal sealed class CatalogApi(
    CatalogSettings settings, DetailsSource details, ReviewsSource reviews, RatingsSource ratings, RatingsWatch watch) : V1.Catalog.CatalogBase
{
    /// <inheritdoc/>
    public override Task<ListBooksResponse> ListBooks(ListBooksRequest request, ServerCallContext context) =>
        Task.FromResult(new ListBooksResponse { Books = { BookShelf.Books } });

    /// <inheritdoc/>
    public override async Task<GetBookResponse> GetBook(GetBookRequest request, ServerCallContext context)
    {
        var book = BookRequests.Find(request.HasBookId, request.BookId);

        var caller = Caller.Of(context);
        var fromDetails = details.GetAsync(book.Id, caller);
        var fromReviews = reviews.GetAsync(book.Id, caller);
        var fromRatings = ratings.GetAsync(book.Id, caller);
        await Task.WhenAll(fromDetails, fromReviews, fromRatings);

        var ratingsPart = await fromRatings;
        return new GetBookResponse
        {
            Book = book,
            Details = await fromDetails,
            Reviews = await fromReviews,
            Ratings = ratingsPart,
            RatingSummary = settings.SummarizesRatings ? RatingSummaries.Of(ratingsPart) : null,
        };
    }

    /// <inheritdoc/>
    public override Task WatchRatings(
        WatchRatingsRequest request, IServerStreamWriter<WatchRatingsResponse> responseStream, ServerCallContext context)
    {
        var book = BookRequests.Find(request.HasBookId, request.BookId);
        return watch.RunAsync(book.Id, Caller.Of(context), responseStream.WriteAsync);
    }
}
