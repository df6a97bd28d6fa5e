using Bookinfo.ProductPage.Books;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>One to five stars, drawn for the eye and told in words to who does not see them.</summary>
internal static class StarsView
{
    // Five points in a square of 24 units, relative to where its place begins.
    private const string Star = "12 2.4l2.7 6.7 7.2.5-5.5 4.6 1.7 7-6.1-3.8-6.1 3.8 1.7-7-5.5-4.6 7.2-.5z";

    private static readonly TrustedHtml[] Drawings = [.. Enumerable.Range(0, Rating.MostStars + 1).Select(Draw)];

    public static void Write(HtmlWriter html, Rating rating)
    {
        if (rating.Error is { } error)
        {
            html.Write($"""
                <p class="unrated">{error}</p>

                """);
            return;
        }

        html.Write($"""
            <p class="stars {ClassOf(rating.Color)}" data-stars="{rating.Stars}" data-color="{rating.Color}"
              ><span class="aside">{rating.Stars} of {Rating.MostStars} stars</span>{Drawings[rating.Stars]}</p>

            """);
    }

    // A color that we have no ink for is drawn in the text's own.
    private static string ClassOf(string color) => color switch
    {
        "black" => "stars-black",
        "red" => "stars-red",
        _ => "stars-other",
    };

    private static TrustedHtml Draw(int stars)
    {
        var shapes = Enumerable.Range(0, Rating.MostStars).Select(place =>
            $"""<path {(place < stars ? "" : "class=\"missing\" ")}d="M{place * 24} 0m{Star}"/>""");
        return new($"""<svg viewBox="0 0 {Rating.MostStars * 24} 24" fill="currentColor" """
            + $"""aria-hidden="true">{string.Concat(shapes)}</svg>""");
    }
}
