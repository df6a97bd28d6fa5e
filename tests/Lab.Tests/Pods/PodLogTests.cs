using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Pods;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class PodLogTests
{
    [Theory]
    [InlineData("Bookinfo.Reviews", "reviews-v2-1: Bookinfo.Reviews: refused\n")]
    [InlineData("Polly", "")]
    public async Task Log_AnError_IsInThePodsLogAndOnTheScreenUnlessItIsPollys(string category, string onScreen)
    {
        using var screen = new StringWriter { NewLine = "\n" };
        var lines = new PodLines();
        using var log = new PodLog("reviews-v2-1", screen, lines);

        log.CreateLogger(category).Log(LogLevel.Error, 0, "refused", null, (state, _) => state);

        Assert.Equal(onScreen, screen.ToString());
        var kept = await lines.ReadAsync(new LogQuery(DateTimeOffset.MinValue, Tail: 10, Follows: false), default).ToListAsync();
        Assert.Equal([$"{category}: refused"], kept.Select(line => line.Text));
    }
}
