using System.Text.Json;
using Bookinfo.Reviews;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Reviews;

public sealed class GetReviewsTests
{
    [Fact]
    public async Task Get_V1_AnswersTheOriginalsJson()
    {
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, [new("HOSTNAME", "reviews-v1-abc")]);

        using var answer = await service.Client.GetAsync("/reviews/0");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            CompactJson.Of("""
                {"id": "0","podname": "reviews-v1-abc","clustername": "null","reviews": [
                {  "reviewer": "Reviewer1",  "text": "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!"},
                {  "reviewer": "Reviewer2",  "text": "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays by Shakespeare."}]}
                """),
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("-7", "-7")]
    [InlineData("+7", "7")]
    [InlineData("007", "7")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("-2147483648", "-2147483648")]
    public async Task Get_Any32BitNumber_IsAStringInTheAnswer(string id, string canonical)
    {
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, []);

        using var answer = JsonDocument.Parse((await service.GetAsync($"/reviews/{id}")).Body);

        Assert.Equal(canonical, answer.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/reviews/abc")]
    [InlineData("/reviews/")]
    [InlineData("/reviews")]
    [InlineData("/reviews/0/foo")]
    [InlineData("/reviews/2147483648")]
    [InlineData("/reviews/-2147483649")]
    [InlineData("/reviews/1.0")]
    [InlineData("/reviews/0x1")]
    [InlineData("/reviews/%205")]
    [InlineData("/")]
    public async Task Get_No32BitNumber_Is404(string path)
    {
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, []);

        Assert.Equal(404, (await service.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("POST", "/reviews/0")]
    [InlineData("PUT", "/reviews/0")]
    [InlineData("DELETE", "/reviews/0")]
    [InlineData("DELETE", "/health")]
    public async Task OtherMethod_OnAPathOfOurs_Is405(string method, string path)
    {
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, []);

        Assert.Equal((405, "GET"), await service.SendAsync(method, path));
    }

    [Fact]
    public async Task Get_NamesWithQuotes_StayJson()
    {
        await using var service =
            await RunningService.StartAsync(ReviewsProgram.Build, [new("HOSTNAME", "a\"b\\c"), new("CLUSTER_NAME", "east\n1")]);

        using var answer = JsonDocument.Parse((await service.GetAsync("/reviews/0")).Body);

        Assert.Equal("a\"b\\c", answer.RootElement.GetProperty("podname").GetString());
        Assert.Equal("east\n1", answer.RootElement.GetProperty("clustername").GetString());
    }
}
