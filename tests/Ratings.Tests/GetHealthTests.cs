using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Ratings;

public sealed class GetHealthTests
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    [InlineData("v-faulty")]
    [InlineData("v-delayed")]
    [InlineData("v-unavailable")]
    [InlineData("v-unhealthy")]
    public async Task Get_EveryReleaseAtStart_IsHealthyAndNamesItself(string version)
    {
        await using var service = await RatingsService.StartAsync(version);

        using var answer = await service.Client.GetAsync("/health");

        Assert.Equal("""{"status":"Ratings is healthy"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal($"ratings-{version}", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
    }

    [Fact]
    public async Task Post_OnHealth_Is405()
    {
        await using var service = await RatingsService.StartAsync();

        Assert.Equal(405, (await service.PostAsync("/health", "{}")).Status);
    }
}
