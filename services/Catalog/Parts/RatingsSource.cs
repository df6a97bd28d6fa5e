using System.Text.Json.Serialization;
using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog.Parts;

/// <summary>The ratings of a book, from the service of that name.</summary>
/// <param name="call">The way to it.</param>
internal sealed class RatingsSource(PartCall call)
{
    /// <summary>The part of one book.</summary>
    /// <param name="bookId">The book's id.</param>
    /// <param name="cancellation">Ends when the caller has gone or its deadline has passed.</param>
    public async Task<RatingsPart> GetAsync(int bookId, CancellationToken cancellation)
    {
        var answer = await call.GetAsync("ratings", bookId, CatalogJson.Default.RatingsAnswer, Read, cancellation);
        var part = new RatingsPart { ServedBy = answer.ServedBy };
        if (answer.Value is { } ratings)
        {
            part.Ratings = ratings;
        }
        else
        {
            part.Error = answer.Error;
        }

        return part;
    }

    private static Ratings Read(RatingsAnswer answer)
    {
        var ratings = new Ratings();
        foreach (var (reviewer, stars) in answer.Ratings)
        {
            ratings.StarsByReviewer[reviewer] = Rating.Checked(stars);
        }

        return ratings;
    }
}

/// <summary>The JSON of the ratings service, as far as it is read here.</summary>
internal sealed record RatingsAnswer([property: JsonPropertyName("ratings"), JsonRequired] IReadOnlyDictionary<string, int> Ratings);
