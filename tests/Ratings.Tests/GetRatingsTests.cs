using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings;

public sealed class GetRatingsTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("7", "7")]
    [InlineData("-3", "-3")]
    [InlineData("+3", "3")]
    [InlineData("007", "7")]
    [InlineData("-007", "-7")]
    [InlineData("-0", "0")]
    [InlineData("99999999999999999999999999", "99999999999999999999999999")]
    public async Task Get_AnyWholeNumber_AnswersTheDefaultRatings(string id, string canonical)
    {
        await using var service = await RatingsService.StartAsync();

        using var answer = await service.Client.GetAsync($"/ratings/{id}");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($$$"""{"id":{{{canonical}}},"ratings":{"Reviewer1":5,"Reviewer2":4}}""", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("0/foo")]
    [InlineData("foo/0")]
    [InlineData("0/")]
    [InlineData("12abc")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData("1.5")]
    [InlineData("%205")]
    [InlineData("5%2F")]
    [InlineData("-")]
    [InlineData("٣")]
    public async Task Get_NoWholeNumber_Is400(string id)
    {
        await using var service = await RatingsService.StartAsync();

        var answer = await service.GetAsync($"/ratings/{id}");

        Assert.Equal((400, """{"error":"please provide numeric product ID"}"""), answer);
    }

    [Fact]
    public async Task Get_QueryAfterTheId_IsNotPartOfIt()
    {
        await using var service = await RatingsService.StartAsync();

        var answer = await service.GetAsync("/ratings/4?x=/5");

        Assert.Equal((200, """{"id":4,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), answer);
    }

    [Theory]
    [InlineData("/ratings")]
    [InlineData("/")]
    [InlineData("/rating/0")]
    [InlineData("/ratingsx/0")]
    public async Task Get_OtherPath_Is404(string path)
    {
        await using var service = await RatingsService.StartAsync();

        Assert.Equal(404, (await service.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    public async Task OtherMethod_OnRatings_Is405AndNamesThoseAllowed(string method)
    {
        await using var service = await RatingsService.StartAsync();

        Assert.Equal((405, "GET, POST"), await service.SendAsync(method, "/ratings/0"));
    }
}
