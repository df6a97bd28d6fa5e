namespace Bookinfo.Tests.ProductPage.Upstreams;

public sealed class ForwardedHeadersTests
{
    [Fact]
    public async Task Page_EndUserFromTheCaller_IsDropped()
    {
        await using var shop = await Page.StartAsync();
        await SendAsync(shop, "/productpage", ("end-user", "jason"));
        Assert.All(Seen(shop), headers => Assert.False(headers.ContainsKey("end-user")));
    }

    [Theory]
    [InlineData("jason")]
    [InlineData("Jürgen 日本 🎭")]
    public async Task Page_SignedIn_TellsTheNeighboursWhoAsks(string user)
    {
        await using var shop = await Page.StartAsync();
        await SendAsync(shop, "/productpage", ("Cookie", await shop.SignInAsync(user)), ("end-user", "somebody else"));
        Assert.Equal(2, Seen(shop).Count());
        Assert.All(Seen(shop), headers => Assert.Equal(user, headers["end-user"]));
    }

    [Fact]
    public async Task Page_TamperedCookie_TellsTheNeighboursOfNobody()
    {
        await using var shop = await Page.StartAsync();
        await SendAsync(shop, "/productpage", ("Cookie", await shop.SignInAsync("jason") + "A"));
        Assert.All(Seen(shop), headers => Assert.False(headers.ContainsKey("end-user")));
    }

    [Theory]
    [InlineData("/productpage")]
    [InlineData("/api/v1/products/0")]
    [InlineData("/api/v1/products/0/reviews")]
    [InlineData("/api/v1/products/0/ratings")]
    public async Task Call_HeadersOfTheList_ArePassedOnAndNoOthers(string path)
    {
        (string Name, string Value)[] passedOn =
        [
            ("x-request-id", "r-1"), ("x-ot-span-context", "o"), ("x-datadog-trace-id", "1"), ("x-datadog-parent-id", "2"),
            ("x-datadog-sampling-priority", "3"),
            ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("tracestate", "a=b"),
            ("x-cloud-trace-context", "c"),
            ("grpc-trace-bin", "AAA="), ("x-b3-traceid", "463ac35c9f6413ad"), ("x-b3-spanid", "a2fb4a1d1a96d312"),
            ("x-b3-parentspanid", "0020000000000001"),
            ("x-b3-sampled", "1"), ("x-b3-flags", "0"), ("b3", "0"), ("sw8", "1-x"), ("user-agent", "a browser"), ("cookie", "other=1"),
            ("authorization", "Bearer t"),
            ("jwt", "j"),
        ];
        await using var shop = await Page.StartAsync();
        await SendAsync(shop, path,
            [.. passedOn, ("x-other", "stays"), ("accept-language", "de"), ("referer", "http://elsewhere.example/")]);

        var seen = Seen(shop).ToList();
        Assert.NotEmpty(seen);
        Assert.All(seen, headers =>
        {
            Assert.All(passedOn, header => Assert.Equal(header.Value, headers[header.Name]));
            Assert.Equal(passedOn.Select(header => header.Name).Append("host").Order(),
                headers.Select(header => header.Key.ToLowerInvariant()).Order());
        });
    }

    private static IEnumerable<Microsoft.AspNetCore.Http.IHeaderDictionary> Seen(Bookshop shop) =>
        shop.Details.Requests.Concat(shop.Reviews.Requests).Concat(shop.Ratings.Requests).Select(request => request.Headers);

    private static async Task SendAsync(Bookshop shop, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await shop.Client.SendAsync(request);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }
}
