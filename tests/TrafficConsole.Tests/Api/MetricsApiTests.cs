namespace Bookinfo.Tests.TrafficConsole.Api;

public sealed class MetricsApiTests : IAsyncLifetime
{
    private readonly RunningConsole _console = new();

    public ValueTask InitializeAsync() => _console.InitializeAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Get_AfterARequest_IsPrometheusTextWithIstiosNames()
    {
        await _console.AskReviewsAsync();

        using var answer = await _console.Client.GetAsync("/metrics");

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("# TYPE istio_requests_total counter", lines);
        Assert.Contains(
            lines,
            line => line.StartsWith("istio_requests_total{", StringComparison.Ordinal)
                && line.Contains("destination_version=\"v1\"", StringComparison.Ordinal)
                && line.EndsWith(" 1", StringComparison.Ordinal));
    }
}
