using Bookinfo.Ratings;
using Bookinfo.Ratings.Stores;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings;

public sealed class PostRatingsTests
{
    [Fact]
    public async Task Post_Ratings_AnswersThemAndLaterGetsDoToo()
    {
        await using var service = await RatingsService.StartAsync();

        var posted = await service.PostAsync("/ratings/0", """{ "Reviewer1": 1, "Reviewer2": 3 }""");

        Assert.Equal((200, """{"id":0,"ratings":{"Reviewer1":1,"Reviewer2":3}}"""), posted);
        Assert.Equal(posted, await service.GetAsync("/ratings/0"));
        Assert.Equal(posted, await service.GetAsync("/ratings/00"));
        Assert.Equal((200, """{"id":1,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), await service.GetAsync("/ratings/1"));
    }

    [Theory]
    [InlineData("""{"Zoe":1,"Adam":2}""", """{"Zoe":1,"Adam":2}""")]
    [InlineData("""{"a":1,"b":2,"a":3}""", """{"a":3,"b":2}""")]
    [InlineData("""{"a":5.0}""", """{"a":5}""")]
    [InlineData("{}", "{}")]
    [InlineData("""{"O'Neill <é>":4}""", """{"O'Neill <é>":4}""")]
    [InlineData("""{"say \"hi\"\n":4}""", """{"say \"hi\"\n":4}""")]
    public async Task Post_ObjectOfStars_IsStoredInItsOrder(string body, string stored)
    {
        await using var service = await RatingsService.StartAsync();

        await service.PostAsync("/ratings/5", body);

        Assert.Equal((200, $$"""{"id":5,"ratings":{{stored}}}"""), await service.GetAsync("/ratings/5"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("""{"Reviewer1":1""")]
    [InlineData("""{"Reviewer1":1} x""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("99")]
    [InlineData("\"text\"")]
    [InlineData("""{"Reviewer1":null}""")]
    [InlineData("""{"Reviewer1":"5"}""")]
    [InlineData("""{"Reviewer1":{"stars":5}}""")]
    [InlineData("""{"Reviewer1":[5]}""")]
    [InlineData("""{"Reviewer1":true}""")]
    [InlineData("""{"Reviewer1":0}""")]
    [InlineData("""{"Reviewer1":6}""")]
    [InlineData("""{"Reviewer1":-1}""")]
    [InlineData("""{"Reviewer1":4.5}""")]
    [InlineData("""{"Reviewer1":1e400}""")]
    [InlineData("""{"Reviewer1":5,"Reviewer2":99}""")]
    [InlineData("""{"\ud800":5}""")]
    public async Task Post_AnythingElse_Is400AndNothingIsStored(string body)
    {
        await using var service = await RatingsService.StartAsync();

        var answer = await service.PostAsync("/ratings/0", body);

        Assert.Equal((400, """{"error":"please provide valid ratings JSON"}"""), answer);
        Assert.Equal((200, """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), await service.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Post_IdThatIsNoNumber_Is400BeforeTheBodyIsLookedAt()
    {
        await using var service = await RatingsService.StartAsync();

        Assert.Equal((400, """{"error":"please provide numeric product ID"}"""), await service.PostAsync("/ratings/abc", "not JSON"));
    }

    [Fact]
    public async Task Post_BodyOverAMegabyte_Is413()
    {
        await using var service = await RatingsService.StartAsync();

        Assert.Equal(413, (await service.PostAsync("/ratings/0", $$"""{"{{new string('x', 1024 * 1024)}}":5}""")).Status);
    }

    [Fact]
    public async Task Post_ToOnePod_IsNotSeenByAnother()
    {
        await using var one = await RatingsService.StartAsync();
        await using var other = await RatingsService.StartAsync();

        await one.PostAsync("/ratings/0", """{"Reviewer1":1}""");

        Assert.Equal((200, """{"id":0,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), await other.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Post_LongestBody_IsStoredAndALongerOneIs413()
    {
        await using var service = await RatingsService.StartAsync();
        var longest = $$"""{"{{new string('x', RatingsApi.MaxBody - 6)}}":5}""";

        Assert.Equal(200, (await service.PostAsync("/ratings/0", longest)).Status);
        Assert.Equal(413, (await service.PostAsync("/ratings/0", longest + " ")).Status);
        Assert.Equal((200, $$"""{"id":0,"ratings":{{longest}}}"""), await service.GetAsync("/ratings/0"));
    }

    [Fact]
    public async Task Post_MoreBooksThanAreKept_ForgetsTheOnePostedLongestAgo()
    {
        await using var service = await RatingsService.StartAsync();
        for (var id = 0; id < MemoryRatingsStore.MaxBooks; id++)
        {
            await service.PostAsync($"/ratings/{id}", """{"a":1}""");
        }

        await service.PostAsync("/ratings/0", """{"a":2}""");
        await service.PostAsync("/ratings/-1", """{"a":3}""");

        Assert.Equal((200, """{"id":0,"ratings":{"a":2}}"""), await service.GetAsync("/ratings/0"));
        Assert.Equal((200, """{"id":1,"ratings":{"Reviewer1":5,"Reviewer2":4}}"""), await service.GetAsync("/ratings/1"));
        Assert.Equal((200, """{"id":2,"ratings":{"a":1}}"""), await service.GetAsync("/ratings/2"));
        Assert.Equal((200, """{"id":-1,"ratings":{"a":3}}"""), await service.GetAsync("/ratings/-1"));
    }
}
