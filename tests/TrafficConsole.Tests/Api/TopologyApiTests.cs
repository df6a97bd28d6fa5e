using System.Text.Json;

namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class TopologyApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_ReleasesThatRunAndOneThatDoesNot_ShowsThePodsOfEach()
    {
        var topology = JsonDocument.Parse(await _console.Client.GetStringAsync("/api/topology")).RootElement;

        var releases = Assert.Single(topology.GetProperty("services").EnumerateArray()).GetProperty("releases").EnumerateArray().ToList();
        Assert.Equal([1, 1, 0], releases.Select(release => release.GetProperty("pods").GetArrayLength()));
        Assert.Equal($"127.0.0.1:{_console.V2.Port}", releases[1].GetProperty("pods")[0].GetProperty("address").GetString());
    }
}
