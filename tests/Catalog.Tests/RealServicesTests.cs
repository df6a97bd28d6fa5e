using Bookinfo.Details;
using Bookinfo.Ratings;
using Bookinfo.Reviews;

namespace Bookinfo.Tests.Catalog;

/// <summary>The catalog in front of the services as they are, not as these tests think they are.</summary>
public sealed class RealServicesTests
{
    [Fact]
    public async Task GetBook_RealServices_EveryPartIsWell()
    {
        await using var ratings = await StartAsync(RatingsProgram.Build);
        await using var details = await StartAsync(DetailsProgram.Build);
        await using var reviews = await StartAsync(ReviewsProgram.Build,
            ["SERVICE_VERSION=v3", "STAR_COLOR=red", "ENABLE_RATINGS=true", .. At("RATINGS", ratings)]);
        await using var host = await CatalogHost.StartAsync(
            ["SERVICE_VERSION=v2", .. At("DETAILS", details), .. At("REVIEWS", reviews), .. At("RATINGS", ratings)]);

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal(("William Shakespeare", "1595", "details-v1"),
            (page.Details.Details.Author, page.Details.Details.Published, page.Details.ServedBy.Release));
        Assert.Equal([5, 4], page.Reviews.Reviews.Reviews_.Select(review => review.Stars.Count));
        Assert.All(page.Reviews.Reviews.Reviews_, review => Assert.Equal("red", review.Stars.Color));
        Assert.Equal(5, page.Ratings.Ratings.StarsByReviewer["Reviewer1"]);
        Assert.Equal(4.5, page.RatingSummary.AverageStars);
    }

    private static async Task<WebApplication> StartAsync(Func<WebApplicationBuilder, WebApplication> build, params string[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
            settings.Append("urls=http://127.0.0.1:0").Select(setting => setting.Split('=', 2))
                .Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1])));
        var app = build(builder);
        await app.StartAsync();
        return app;
    }

    private static string[] At(string name, WebApplication service) =>
        [$"{name}_HOSTNAME=127.0.0.1", $"{name}_SERVICE_PORT={new Uri(service.Urls.Single()).Port}"];
}
