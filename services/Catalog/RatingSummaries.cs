using Bookinfo.Catalog.V1;

namespace Bookinfo.Catalog;

/// <summary>What the ratings of a book come to: the feature of release v2.</summary>
internal static class RatingSummaries
{
    /// <summary>The mean and the number of the ratings; null where there are none to be summed up.</summary>
    public static RatingSummary? Of(RatingsPart part) =>
        part.Ratings?.StarsByReviewer is { Count: > 0 } stars
            ? new RatingSummary { AverageStars = stars.Values.Average(), Count = stars.Count }
            : null;
}
