using System.Net;
using System.Text.Json;
using Bookinfo.ProductPage;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Contract;

/// <summary>Row for row what the page's callers can rely on, whatever program serves it.</summary>
public sealed class ProductPageTests
{
    private const string ProductsJson =
        """[{"id": 0, "title": "The Comedy of Errors", "descriptionHtml": "<a href=\"https:"""
            + """//en.wikipedia.org/wiki/The_Comedy_of_Errors\">Wikipedia Summary</a>: The Comedy of Errors is one of <b>William """
            + """Shakespeare's</b> early plays. It is his shortest and one of his most farcical comedies, with a major part of the """
            + """humour coming from slapstick and mistaken identity, in addition to puns and word play."}]""";

    [Fact]
    public async Task Health_Always_IsHealthy()
    {
        await using var shop = await StartAsync();
        Assert.Equal("Product page is healthy", await shop.Client.GetStringAsync("/health"));
    }

    [Theory]
    [InlineData("/productpage")]
    [InlineData("/")]
    [InlineData("/index.html")]
    public async Task Page_Get_IsHtml(string path)
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Simple Bookstore App</title>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("details")]
    [InlineData("reviews")]
    public async Task Page_PartUnavailable_SaysTheSentences(string part)
    {
        await using var shop = await StartAsync();
        (part == "details" ? shop.Details : shop.Reviews).Answer = Answers.Status(500);
        var page = await shop.Client.GetStringAsync("/productpage");
        Assert.Contains($"Error fetching product {part}", page, StringComparison.Ordinal);
        Assert.Contains($"Sorry, product {part} are currently unavailable for this book.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_RatingsUnavailable_SaysSoForEachReview()
    {
        await using var shop = await StartAsync();
        const string Error = """{"error": "Ratings service is currently unavailable"}""";
        shop.Reviews.Answer = Answers.Json(Bookshop.ReviewsJson(Error, Error));
        var page = await shop.Client.GetStringAsync("/productpage");
        Assert.Equal(3, page.Split("Ratings service is currently unavailable").Length);
    }

    [Fact]
    public async Task Page_Reviews_NamesThePod()
    {
        await using var shop = await StartAsync();
        var page = await shop.Client.GetStringAsync("/productpage");
        Assert.Matches("Reviews served by:\\s*(<[^>]+>)?\\s*reviews-pod", page);
    }

    [Fact]
    public async Task Products_List_IsTheOriginalsByteForByte()
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync("/api/v1/products");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(ProductsJson, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/products/0", Bookshop.DetailsJson)]
    [InlineData("/api/v1/products/0/ratings", Bookshop.RatingsJson)]
    public async Task Products_Part_IsTheNeighboursJson(string path, string expected)
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync(path);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Products_Reviews_AreTheNeighboursJson()
    {
        await using var shop = await StartAsync();
        Assert.Equal(Bookshop.ReviewsJson(), await shop.Client.GetStringAsync("/api/v1/products/0/reviews"));
    }

    public static TheoryData<string, string, string> Sorry { get; } = new(
        from part in new (string Path, string Name)[] { ("", "details"), ("/reviews", "reviews"), ("/ratings", "ratings") }
        from failure in new[] { "400", "404", "503", "garbage", "broken", "gone" }
        select (part.Path, part.Name, failure));

    [Theory]
    [MemberData(nameof(Sorry))]
    public async Task Products_PartUnavailable_IsItsStatusAndTheSentence(string path, string part, string failure)
    {
        await using var shop = await StartAsync();
        var neighbour = part switch { "details" => shop.Details, "reviews" => shop.Reviews, _ => shop.Ratings };
        neighbour.Answer = failure switch
        {
            "garbage" => Answers.Json("<html>"),
            "broken" => Answers.BreakOff,
            "gone" => neighbour.Answer,
            _ => Answers.Status(int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture), "{}"),
        };
        if (failure == "gone")
        {
            await neighbour.DisposeAsync();
        }

        using var response = await shop.Client.GetAsync($"/api/v1/products/0{path}");
        Assert.Equal(int.TryParse(failure, out var status) ? status : 500, (int)response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal($"Sorry, product {part} are currently unavailable for this book.",
            Assert.Single(json.RootElement.EnumerateObject()).Value.GetString());
    }

    [Theory]
    [InlineData("abc", "/details/abc")]
    [InlineData("7", "/details/7")]
    [InlineData("a%20b%3Fc%23d", "/details/a%20b%3Fc%23d")]
    [InlineData("%2e%2e%2Freviews%2F0", "/details/..%252Freviews%252F0")]
    public async Task Products_AnyId_IsOneSegmentOfTheNeighboursPath(string id, string expected)
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync($"/api/v1/products/{id}");
        Assert.Equal(expected, Assert.Single(shop.Details.Requests).Target);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Login_Form_SetsASignedHttpOnlyCookieAndGoesBack()
    {
        await using var shop = await StartAsync();
        using var form = new FormUrlEncodedContent([new("username", "jason"), new("passwd", "")]);
        using var response = await shop.Client.PostAsync("/login", form);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/productpage", response.Headers.Location?.OriginalString);
        Assert.Contains("; httponly", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Logout_Get_GoesBackWithoutTheCookie()
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync("/logout");
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith("session=;", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/productpage", "GET, HEAD")]
    [InlineData("DELETE", "/api/v1/products/0", "GET, HEAD")]
    [InlineData("PUT", "/login", "POST")]
    [InlineData("POST", "/logout", "GET")]
    public async Task AnyPath_OtherMethod_IsNotAllowed(string method, string path, string allowed)
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task AnyAnswer_Release_NamesItself()
    {
        await using var shop = await StartAsync();
        using var response = await shop.Client.GetAsync("/productpage");
        Assert.Equal("productpage-v1", Assert.Single(response.Headers.GetValues("x-bookinfo-release")));
        Assert.Equal("tested-pod", Assert.Single(response.Headers.GetValues("x-bookinfo-pod")));
    }

    private static Task<Bookshop> StartAsync() => Bookshop.StartAsync(ProductPageProgram.Build);
}
