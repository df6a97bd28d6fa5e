using Bookinfo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.Tests.ServiceDefaults;

public sealed class ProbesTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    public async Task Get_ServiceIsWell_Is200(string path)
    {
        await using var service = await TestService.StartAsync();

        Assert.Equal((200, "Healthy"), await service.GetAsync(path));
    }

    [Fact]
    public async Task Ready_SomethingIsMissing_Is503AndSaysWhatUntilItIsThere()
    {
        var (database, queue) = (new Check { Problem = "no database" }, new Check { Problem = "no queue" });
        await using var service = await TestService.StartAsync(
            services: services => services.AddHealthChecks().AddCheck("database", database).AddCheck("queue", queue));

        Assert.Equal((503, "Unhealthy"), await service.GetAsync("/health/ready"));
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);
        Assert.Equal(200, (await service.GetAsync("/health/startup")).Status);

        database.Problem = null;
        Assert.Equal((503, "Unhealthy"), await service.GetAsync("/health/ready"));
        queue.Problem = null;
        Assert.Equal((200, "Healthy"), await service.GetAsync("/health/ready"));
    }

    private sealed class Check : IHealthCheck
    {
        public string? Problem { get; set; }

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(Problem is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(Problem));
    }
}
