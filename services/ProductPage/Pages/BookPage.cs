using Bookinfo.ProductPage.Books;
using Bookinfo.ProductPage.Upstreams;
using Bookinfo.ServiceDefaults;
using Bookinfo.Web;

namespace Bookinfo.ProductPage.Pages;

/// <summary>The page of the book, from top to bottom: the book, its details, what readers say.</summary>
internal static class BookPage
{
    private static readonly TrustedHtml Cover = Layout.Assets.UrlOf("cover.svg");
    private static readonly TrustedHtml Summary = new(Product.DescriptionHtml);

    public static void Write(HtmlWriter html, string? user, Answer details, Answer reviews, ServiceIdentity self)
    {
        var book = details.IsGood ? BookDetails.Read(details.Json) : null;
        var voices = reviews.IsGood ? BookReviews.Read(reviews.Json) : null;

        html.WriteHead(user);
        html.Write($"""
            <article class="book">
            <div><img class="cover" src="{Cover}" width="300" height="440"
              alt="The cover: two players in the same hat and ruff, printed over each other so that they share an eye."></div>
            <div>
            <h1>{Product.Title}</h1>

            """);
        if (book?.Author is { } author)
        {
            html.Write($"""
                <p class="byline">{author}</p>

                """);
        }

        html.Write($"""
            <p class="summary">{Summary}</p>

            """);
        WriteDetails(html, book, details);
        html.Write($"""
            </div>
            </article>

            """);
        ReviewsSection.Write(html, voices, reviews);
        html.WriteFoot(self.Release, self.Pod);
    }

    private static void WriteDetails(HtmlWriter html, BookDetails? book, Answer answer)
    {
        if (book is null)
        {
            html.WriteAlarm("details", answer);
            return;
        }

        html.Write($"""
            <section class="facts" aria-labelledby="details">
            <h2 id="details">Book Details</h2>
            <dl>

            """);
        foreach (var (name, value) in book.Facts)
        {
            html.Write($"""
                <div><dt>{name}</dt><dd>{value}</dd></div>

                """);
        }

        html.Write($"""
            </dl>

            """);
        if (answer.Pod is { } pod)
        {
            html.WriteServed("Details", pod, answer);
        }

        html.Write($"""
            </section>

            """);
    }
}
