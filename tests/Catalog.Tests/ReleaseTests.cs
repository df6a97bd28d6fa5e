using Bookinfo.Catalog.V1;

namespace Bookinfo.Tests.Catalog;

public sealed class ReleaseTests
{
    [Fact]
    public async Task GetBook_V1_HasNoSummary()
    {
        await using var host = await CatalogHost.StartAsync("SERVICE_VERSION=v1");

        Assert.Null((await host.Client.GetBookAsync(CatalogHost.FirstBook)).RatingSummary);
    }

    [Fact]
    public async Task GetBook_V2_SumsUpTheRatings()
    {
        await using var host = await CatalogHost.StartAsync("SERVICE_VERSION=v2");

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Equal(new RatingSummary { AverageStars = 4.5, Count = 2 }, page.RatingSummary);
    }

    [Fact]
    public async Task GetBook_V2AndNobodyHasRated_HasNoSummary()
    {
        await using var host = await CatalogHost.StartAsync("SERVICE_VERSION=v2");
        host.Neighbours.Ratings.Answer = Answers.Json("""{"id":0,"ratings":{}}""");

        var page = await host.Client.GetBookAsync(CatalogHost.FirstBook);

        Assert.Empty(page.Ratings.Ratings.StarsByReviewer);
        Assert.Null(page.RatingSummary);
    }

    [Fact]
    public async Task GetBook_V2AndRatingsAway_HasNoSummary()
    {
        await using var host = await CatalogHost.StartAsync("SERVICE_VERSION=v2");
        await host.Neighbours.Ratings.DisposeAsync();

        Assert.Null((await host.Client.GetBookAsync(CatalogHost.FirstBook)).RatingSummary);
    }

    [Fact]
    public async Task WatchRatings_V2_SumsUpEachChange()
    {
        await using var host = await CatalogHost.StartAsync("SERVICE_VERSION=v2");
        using var watch = host.Client.WatchRatings(new WatchRatingsRequest { BookId = 0 });

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(4.5, watch.ResponseStream.Current.RatingSummary.AverageStars);
    }
}
