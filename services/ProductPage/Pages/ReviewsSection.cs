using Bookinfo.ProductPage.Books;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>What readers say, with as many stars as the release that answered knows of.</summary>
internal static class ReviewsSection
{
    public static void Write(HtmlWriter html, BookReviews? reviews, Answer answer)
    {
        if (reviews is null)
        {
            html.Write($"""
                <div class="reviews">

                """);
            html.WriteAlarm("reviews", answer);
            html.Write($"""
                </div>

                """);
            return;
        }

        html.Write($"""
            <section class="reviews" aria-labelledby="reviews">
            <h2 id="reviews">Book Reviews</h2>
            <ul class="voices">

            """);
        foreach (var review in reviews.Reviews)
        {
            WriteReview(html, review);
        }

        html.Write($"""
            </ul>

            """);
        html.WriteServed("Reviews", reviews.Pod ?? answer.Pod ?? "a pod without a name", answer, reviews.Cluster);
        html.Write($"""
            </section>

            """);
    }

    private static void WriteReview(HtmlWriter html, Review review)
    {
        html.Write($"""
            <li><figure class="voice">

            """);
        if (review.Rating is { } rating)
        {
            StarsView.Write(html, rating);
        }

        html.Write($"""
            <blockquote>{review.Text}</blockquote>
            <figcaption>{review.Reviewer}</figcaption>
            </figure></li>

            """);
    }
}
