using Bookinfo.Catalog.V1;

namespace Bookinfo.Tests.Catalog;

public sealed class GetBookTests
{
    [Fact]
    public async Task GetBook_AllWell_HasEveryPart()
    {
        await using var host = await CatalogHost.StartAsync();

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal("The Comedy of Errors", page.Book.Title);
        Assert.Equal(
            new V1.Details
            {
                Author = "William Shakespeare",
                Published = "1595",
                Type = "paperback",
                Pages = 200,
                Publisher = "PublisherA",
                Language = "English",
                Isbn10 = "1234567890",
                Isbn13 = "123-1234567890",
            },
            page.Details.Details);
        Assert.Equal(
            [
                new Review { Reviewer = "Reviewer1", Text = "Funny.", Stars = new Stars { Count = 5, Color = "black" } },
                new Review { Reviewer = "Reviewer2", Text = "Thin.", RatingError = "Ratings service is currently unavailable" },
            ],
            page.Reviews.Reviews.Reviews_);
        Assert.Equal(new V1.Ratings { StarsByReviewer = { ["Reviewer1"] = 5, ["Reviewer2"] = 4 } }, page.Ratings.Ratings);
    }

    [Fact]
    public async Task GetBook_ReviewsV1_HasReviewsWithoutRating()
    {
        await using var host = await CatalogHost.StartAsync();
        host.Neighbours.Reviews.Answer = Answers.Json("""{"id":"0","reviews":[{"reviewer":"Reviewer1","text":"Funny."}]}""");

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal(Review.RatingOneofCase.None, Assert.Single(page.Reviews.Reviews.Reviews_).RatingCase);
    }

    [Fact]
    public async Task GetBook_DetailsV2_HasTheWholeDate()
    {
        await using var host = await CatalogHost.StartAsync();
        host.Neighbours.Details.Answer =
            Answers.Json(Neighbourhood.GoodDetails.Replace("1595", "\"1994-05-20\"", StringComparison.Ordinal));

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal("1994-05-20", page.Details.Details.Published);
    }

    [Fact]
    public async Task GetBook_NeighboursNameThemselves_PartsSayWhoServed()
    {
        await using var host = await CatalogHost.StartAsync();
        host.Neighbours.Reviews.Answer = context =>
        {
            context.Response.Headers["x-bookinfo-release"] = "reviews-v3";
            context.Response.Headers["x-bookinfo-pod"] = "reviews-v3-7";
            return Answers.Json(Neighbourhood.GoodReviews)(context);
        };

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal(new ServedBy { Release = "reviews-v3", Pod = "reviews-v3-7" }, page.Reviews.ServedBy);
        Assert.Equal(new ServedBy(), page.Details.ServedBy);
    }

    [Fact]
    public async Task ListBooks_Always_HasTheBookOfBookinfo()
    {
        await using var host = await CatalogHost.StartAsync();

        var list = await host.Client.ListBooksAsync(new ListBooksRequest());

        var book = Assert.Single(list.Books);
        Assert.Equal((0, "The Comedy of Errors", "https://en.wikipedia.org/wiki/The_Comedy_of_Errors"), (book.Id, book.Title, book.Url));
        Assert.DoesNotContain('<', book.Description);
    }
}
