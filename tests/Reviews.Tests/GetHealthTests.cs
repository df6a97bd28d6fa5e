using Bookinfo.Reviews;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Reviews;

public sealed class GetHealthTests
{
    [Fact]
    public async Task Get_Always_IsHealthyAndNamesTheRelease()
    {
        await using var service = await RunningService.StartAsync(ReviewsProgram.Build, [new("SERVICE_VERSION", "v3")]);

        using var answer = await service.Client.GetAsync("/health");

        Assert.Equal("""{"status":"Reviews is healthy"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("reviews-v3", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
    }
}
