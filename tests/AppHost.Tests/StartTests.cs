using System.Reflection;

namespace Bookinfo.Tests.AppHost;

/// <summary>The AppHost started as <c>dotnet run</c> starts it, where Aspire's orchestrator is to be had.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task Start_EveryResource_BecomesHealthyAndThePageIsThere()
    {
        Assert.SkipUnless(HasOrchestrator(), "Aspire's orchestrator (dcp) is not in the packages of this machine");
        var patience = TimeSpan.FromMinutes(3);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--database", "sqlite", "--DcpPublisher:RandomizePorts", "false"]);
        await using var app = await builder.BuildAsync();
        await app.StartAsync().WaitAsync(patience);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("mesh").WaitAsync(patience);
        using var client = app.CreateHttpClient("mesh", "gateway");

        Assert.Contains("The Comedy of Errors", await client.GetStringAsync(new Uri("/productpage", UriKind.Relative)), StringComparison.Ordinal);
    }

    // Where the AppHost will look for it, as its build wrote it down.
    private static bool HasOrchestrator() =>
        Assembly.Load("Bookinfo.AppHost").GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(one => one.Key == "dcpclipath") is { Value: { } path }
        && File.Exists(path);
}
