using Bookinfo.Details;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Contract;

/// <summary>Row for row what callers of details may rely on. Details of each row are tested beside the service.</summary>
public sealed class DetailsTests
{
    [Fact]
    public async Task Get_IntegerId_IsTheDocumentInItsOrder()
    {
        await using var details = await RunningService.StartAsync(DetailsProgram.Build, []);

        using var answer = await details.Client.GetAsync("/details/0");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(Bookshop.DetailsJson, await answer.Content.ReadAsStringAsync());
        Assert.Equal("details-v1", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("0/foo")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    public async Task Get_NoDecimalInteger_Is400(string id)
    {
        await using var details = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal((400, """{"error":"please provide numeric product id"}"""), await details.GetAsync($"/details/{id}"));
    }

    [Fact]
    public async Task Health_Always_IsHealthy()
    {
        await using var details = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal((200, """{"status":"Details is healthy"}"""), await details.GetAsync("/health"));
    }

    [Theory]
    [InlineData("POST", "/details/0")]
    [InlineData("PUT", "/details/0")]
    [InlineData("DELETE", "/health")]
    public async Task OtherMethod_OnAKnownPath_Is405(string method, string path)
    {
        await using var details = await RunningService.StartAsync(DetailsProgram.Build, []);

        Assert.Equal((405, "GET"), await details.SendAsync(method, path));
    }

    [Fact]
    public async Task V2_BookFound_IsTheExternalServicesBook()
    {
        await using var books = await StandIn.StartAsync(Answers.Json(
            """{"items":[{"volumeInfo":{"authors":["William Shakespeare"],"publisher":"Courier","publishedDate":"2002-01-01","pageCount":"""
                + """74,"printType":"BOOK","language":"en","industryIdentifiers":[{"type":"ISBN_10","identifier":"0486424618"},"""
                + """{"type":"ISBN_13","identifier":"9780486424613"}]}}]}"""));
        await using var details = await StartV2Async(books);

        var answer = await details.GetAsync("/details/0");

        Assert.Equal((200, """{"id":0,"author":"William Shakespeare","year":"2002-01-01","type":"paperback","pages":"""
            + """74,"publisher":"Courier","language":"English","ISBN-10":"0486424618","ISBN-13":"9780486424613"}"""), answer);
        Assert.Equal("/books/v1/volumes?q=isbn:0486424618", Assert.Single(books.Requests).Target);
    }

    [Fact]
    public async Task V2_AnyFailure_Is502WithoutTheInside()
    {
        await using var books = await StandIn.StartAsync(Answers.Status(500));
        await using var details = await StartV2Async(books);

        Assert.Equal((502, """{"error":"could not get the book from the external book service"}"""), await details.GetAsync("/details/0"));
    }

    private static Task<RunningService> StartV2Async(StandIn books) => RunningService.StartAsync(
        DetailsProgram.Build, [.. books.As("BOOKS"), new("SERVICE_VERSION", "v2"), new("ENABLE_EXTERNAL_BOOK_SERVICE", "true"),
            new("DO_NOT_ENCRYPT", "true")]);
}
