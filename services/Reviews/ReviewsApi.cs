using System.Globalization;
using System.Text.Json;
using Bookinfo.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Bookinfo.Reviews;

/// <summary>The service's endpoints.</summary>
internal static class ReviewsApi
{
    private static readonly Review[] Reviews =
    [
        new("Reviewer1", "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!"),
        new("Reviewer2", "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare."),
    ];

    public static void MapReviewsApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reviews/{id}", GetReviews).WithName("GetReviews").WithSummary("The reviews of a book");
        app.MapGet("/health", () => TypedResults.Ok(new HealthAnswer("Reviews is healthy"))).WithName("GetHealth")
            .WithSummary("That the service answers");
    }

    // Always 200, whatever ratings does. The id is an int in the original: as many bits, and written without leading zeros.
    private static async Task<Results<Ok<BookReviews>, NotFound>> GetReviews(
        string id, IOptions<ReviewsOptions> options, ServiceIdentity self, [FromServices] RatingsClient? ratings,
            CancellationToken cancellation)
    {
        if (!int.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return TypedResults.NotFound();
        }

        IReadOnlyList<Review> reviews = Reviews;
        if (ratings is not null)
        {
            var answer = await ratings.GetAsync(number, cancellation);
            reviews = [.. Reviews.Select(review => review with { Rating = RatingOf(review.Reviewer, answer, options.Value.StarColor) })];
        }

        return TypedResults.Ok(new BookReviews(number.ToString(CultureInfo.InvariantCulture), self.Pod, options.Value.ClusterName,
            reviews));
    }

    private static Rating RatingOf(string reviewer, RatingsAnswer answer, string color) =>
        answer.Ratings?.GetValueOrDefault(reviewer) is { ValueKind: JsonValueKind.Number } rating && rating.TryGetInt32(out var stars)
            && stars is >= 1 and <= 5
            ? new Rating(stars, color)
            : Rating.Unavailable;
}
