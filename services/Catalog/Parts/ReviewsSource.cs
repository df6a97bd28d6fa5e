using System.Text.Json;
using System.Text.Json.Serialization;
using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog.Parts;

/// <summary>The reviews of a book, from the service of that name.</summary>
/// <param name="call">The way to it.</param>
internal sealed class ReviewsSource(PartCall call)
{
    /// <summary>The part of one book.</summary>
    /// <param name="bookId">The book's id.</param>
    /// <param name="cancellation">Ends when the caller has gone or its deadline has passed.</param>
    public async Task<ReviewsPart> GetAsync(int bookId, CancellationToken cancellation)
    {
        var answer = await call.GetAsync("reviews", bookId, CatalogJson.Default.ReviewsAnswer, Read, cancellation);
        var part = new ReviewsPart { ServedBy = answer.ServedBy };
        if (answer.Value is { } reviews)
        {
            part.Reviews = reviews;
        }
        else
        {
            part.Error = answer.Error;
        }

        return part;
    }

    private static Reviews Read(ReviewsAnswer answer) => new() { Reviews_ = { answer.Reviews.Select(Read) } };

    private static Review Read(ReviewAnswer? answer)
    {
        if (answer is null)
        {
            throw new JsonException("a review is null");
        }

        var review = new Review { Reviewer = answer.Reviewer, Text = answer.Text };
        switch (answer.Rating)
        {
            case null:
                break;
            case { Stars: { } stars }:
                review.Stars = new Stars { Count = Rating.Checked(stars), Color = answer.Rating.Color ?? "" };
                break;
            case { Error: { } error }:
                review.RatingError = error;
                break;
            default:
                throw new JsonException("a rating has neither stars nor an error");
        }

        return review;
    }
}

/// <summary>The JSON of the reviews service, as far as it is read here.</summary>
internal sealed record ReviewsAnswer([property: JsonPropertyName("reviews"), JsonRequired] IReadOnlyList<ReviewAnswer?> Reviews);

/// <summary>One review. The rating is absent in the service's release v1.</summary>
internal sealed record ReviewAnswer(
    [property: JsonPropertyName("reviewer"), JsonRequired] string Reviewer,
    [property: JsonPropertyName("text"), JsonRequired] string Text,
    [property: JsonPropertyName("rating")] ReviewRatingAnswer? Rating);

/// <summary>The rating under a review: stars with their colour, or an error.</summary>
internal sealed record ReviewRatingAnswer(
    [property: JsonPropertyName("stars")] int? Stars,
    [property: JsonPropertyName("color")] string? Color,
    [property: JsonPropertyName("error")] string? Error);
