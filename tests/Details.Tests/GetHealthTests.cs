using Bookinfo.Details;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Details;

public sealed class GetHealthTests
{
    [Fact]
    public async Task Get_Always_IsHealthyAndNamesReleaseAndPod()
    {
        await using var service =
            await RunningService.StartAsync(DetailsProgram.Build, [new("SERVICE_VERSION", "v2"), new("HOSTNAME", "details-v2-abc")]);

        using var answer = await service.Client.GetAsync("/health");

        Assert.Equal("""{"status":"Details is healthy"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal("details-v2", Assert.Single(answer.Headers.GetValues("x-bookinfo-release")));
        Assert.Equal("details-v2-abc", Assert.Single(answer.Headers.GetValues("x-bookinfo-pod")));
    }
}
