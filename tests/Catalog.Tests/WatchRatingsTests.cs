using Bookinfo.Catalog.V1;
using Grpc.Core;

namespace Bookinfo.Tests.Catalog;

public sealed class WatchRatingsTests
{
    private static readonly WatchRatingsRequest FirstBook = new() { BookId = 0 };

    [Fact]
    public async Task WatchRatings_Begin_SendsWhatIs()
    {
        await using var host = await CatalogHost.StartAsync();
        var before = DateTimeOffset.UtcNow;
        using var watch = host.Client.WatchRatings(FirstBook);

        var first = await NextAsync(watch);

        Assert.Equal(new V1.Ratings { StarsByReviewer = { ["Reviewer1"] = 5, ["Reviewer2"] = 4 } }, first.Ratings.Ratings);
        Assert.InRange(first.ObservedAt.ToDateTimeOffset(), before, DateTimeOffset.UtcNow);
        Assert.Null(first.RatingSummary);
    }

    [Fact]
    public async Task WatchRatings_RatingsChange_SendsEachChangeOnce()
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = host.Client.WatchRatings(FirstBook);
        await NextAsync(watch);

        // Several looks see the same before anything changes.
        await Eventually.HoldsAsync(() => host.Neighbours.Ratings.Requests.Count > 4, "the catalog has asked");
        host.Neighbours.Ratings.Answer = Answers.Json("""{"id":0,"ratings":{"Reviewer2":4,"Reviewer1":1}}""");

        Assert.Equal(1, (await NextAsync(watch)).Ratings.Ratings.StarsByReviewer["Reviewer1"]);
    }

    [Fact]
    public async Task WatchRatings_OtherPodAnswers_IsNoChange()
    {
        await using var host = await CatalogHost.StartAsync();
        var looks = 0;
        host.Neighbours.Ratings.Answer = context =>
        {
            var look = Interlocked.Increment(ref looks);
            context.Response.Headers["x-bookinfo-pod"] = $"ratings-{look}";
            return Answers.Json(look < 6 ? Neighbourhood.GoodRatings : """{"id":0,"ratings":{"Reviewer1":1}}""")(context);
        };
        using var watch = host.Client.WatchRatings(FirstBook);
        await NextAsync(watch);

        Assert.Equal("ratings-6", (await NextAsync(watch)).Ratings.ServedBy.Pod);
    }

    [Fact]
    public async Task WatchRatings_RatingsGoesAndComesBack_SaysBothAndGoesOn()
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = host.Client.WatchRatings(FirstBook);
        await NextAsync(watch);

        host.Neighbours.Ratings.Answer = Answers.Status(503);
        var gone = await NextAsync(watch);
        host.Neighbours.Ratings.Answer = Answers.Json(Neighbourhood.GoodRatings);
        var back = await NextAsync(watch);

        Assert.Equal((PartErrorCode.ErrorStatus, 503), (gone.Ratings.Error.Code, gone.Ratings.Error.HttpStatus));
        Assert.Equal(2, back.Ratings.Ratings.StarsByReviewer.Count);
    }

    [Fact]
    public async Task WatchRatings_CallerCancels_StopsLooking()
    {
        await using var host = await CatalogHost.StartAsync("UPSTREAM_TIMEOUT_MILLISECONDS=60000");
        var gone = new TaskCompletionSource();
        using var watch = host.Client.WatchRatings(FirstBook);
        await NextAsync(watch);
        host.Neighbours.Ratings.Answer = Answers.Silence(gone);
        var asked = host.Neighbours.Ratings.Requests.Count;
        await Eventually.HoldsAsync(() => host.Neighbours.Ratings.Requests.Count > asked, "the catalog has asked");

        watch.Dispose();

        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task WatchRatings_DeadlinePasses_Ends()
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = host.Client.WatchRatings(FirstBook, deadline: DateTime.UtcNow.AddSeconds(1));
        await NextAsync(watch);

        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
    }

    [Fact]
    public async Task WatchRatings_PodEnds_SaysUnavailable()
    {
        await using var host = await CatalogHost.StartAsync();
        using var watch = host.Client.WatchRatings(FirstBook);
        await NextAsync(watch);

        var stopping = host.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
        await stopping;

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.Contains("shutting down", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WatchRatings_HundredAtOnceOverOneConnection_EachSeesTheChangeAndUnaryCallsPass()
    {
        await using var host = await CatalogHost.StartAsync("WATCH_INTERVAL_MILLISECONDS=100");
        var watches = Enumerable.Range(0, 100).Select(_ => host.Client.WatchRatings(FirstBook)).ToList();
        try
        {
            await Task.WhenAll(watches.Select(NextAsync));
            var page = await host.Client.GetBookAsync(CatalogHost.FirstBook, deadline: DateTime.UtcNow.AddSeconds(20));
            Assert.NotNull(page.Details.Details);

            host.Neighbours.Ratings.Answer = Answers.Json("""{"id":0,"ratings":{"Reviewer1":3}}""");
            var changes = await Task.WhenAll(watches.Select(NextAsync));

            Assert.All(changes, change => Assert.Equal(3, change.Ratings.Ratings.StarsByReviewer["Reviewer1"]));
        }
        finally
        {
            watches.ForEach(watch => watch.Dispose());
        }
    }

    private static async Task<WatchRatingsResponse> NextAsync(AsyncServerStreamingCall<WatchRatingsResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20)));
        return watch.ResponseStream.Current;
    }
}
