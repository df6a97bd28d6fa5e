using System.Diagnostics;
using System.Text.Json;

namespace Bookinfo.Tests.AppHost;

/// <summary>What the model describes works: programs in processes of their own, the mesh between them, and the dashboard's commands on them.</summary>
public sealed class ProcessesTests
{
    [Fact]
    public async Task Processes_Commands_DoToThePageWhatTheySay()
    {
        await using var processes = await ModelProcesses.StartAsync();

        var page = await processes.PageAsync();
        Assert.Contains("reviews-v1", page, StringComparison.Ordinal);

        await RunAsync(processes, "reviews-v3", "shift-all", "reviews: v3 100 %");
        Assert.Contains("reviews-v3", await processes.PageAsync(), StringComparison.Ordinal);

        await RunAsync(processes, "reviews-v2", "shift-10", "reviews: v3 90 %, v2 10 %");

        await RunAsync(processes, "details-v1", "break", "details-v1 answers 503");
        Assert.Contains("Error fetching product details", await processes.PageAsync(), StringComparison.Ordinal);
        await RunAsync(processes, "details-v1", "heal", "details-v1 is well again");
        Assert.DoesNotContain("Error fetching product details", await processes.PageAsync(), StringComparison.Ordinal);

        // A pod that speaks gRPC is broken and healed as the others are.
        await RunAsync(processes, "catalog-v1", "break", "catalog-v1 answers 503");
        await RunAsync(processes, "catalog-v1", "heal", "catalog-v1 is well again");

        using var traffic = JsonDocument.Parse(await processes.Client.GetStringAsync(new Uri($"{processes.Console}/api/traffic")));
        Assert.Contains(traffic.RootElement.EnumerateArray(), row =>
            row.GetProperty("caller").GetString() == "productpage-v1" && row.GetProperty("destination").GetString() == "reviews" && row.GetProperty("release").GetString() == "v3");
    }

    [Fact]
    public async Task Processes_OnePage_IsOneTraceAcrossTheMesh()
    {
        await using var processes = await ModelProcesses.StartAsync();
        await RunAsync(processes, "reviews-v3", "shift-all", "reviews: v3 100 %");

        await processes.PageAsync();

        string[] everybody = ["details-v1", "mesh", "productpage-v1", "ratings-v1", "reviews-v3"];
        var patience = Stopwatch.StartNew();
        while (!Seen().Contains(string.Join(' ', everybody)))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), $"no trace has {string.Join(' ', everybody)}; there are\n{string.Join('\n', Seen())}");
            await Task.Delay(50);
        }

        IEnumerable<string> Seen() => processes.Traces.Values.Select(services => string.Join(' ', services.Keys.Order())).Distinct();
    }

    private static async Task RunAsync(ModelProcesses processes, string resource, string command, string expected)
    {
        var result = await processes.Model.RunAsync(resource, command);
        Assert.Equal((true, expected), (result.Success, result.Message));
    }
}
