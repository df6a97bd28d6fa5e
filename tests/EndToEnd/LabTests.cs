using System.Net;
using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

public sealed class LabTests
{
    [Fact]
    public async Task Lab_Started_ServesThePageAndSaysWhatRuns()
    {
        await using var lab = await RunningLab.StartAsync();
        using var reader = await lab.ReaderAsync();

        var page = await reader.GetStringAsync("/productpage");

        Assert.Contains("The Comedy of Errors", page, StringComparison.Ordinal);
        Assert.Contains("reviews-v1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-stars", page, StringComparison.Ordinal);
        Assert.Contains("reviews-v3-1", lab.Process.Output, StringComparison.Ordinal);
        Assert.Contains("curl -X PATCH", lab.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lab_PathThatTheGatewayDoesNotExpose_Is404()
    {
        await using var lab = await RunningLab.StartAsync();
        using var reader = await lab.ReaderAsync();

        using var answer = await reader.GetAsync("/health");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Lab_Sigterm_EndsCleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        await using var lab = await RunningLab.StartAsync();

        Assert.Equal(0, await lab.Process.TerminateAsync());
        Assert.Empty(lab.Process.Error.Trim());
    }

    [Fact]
    public async Task Lab_PortInUse_SaysSoInOneSentence()
    {
        await using var first = await RunningLab.StartAsync();
        await using var second = ChildProcess.StartDotnet("bookinfo",
            ["--gateway", first.Gateway.Authority, "--console", "0", "--kube", "0"]);

        Assert.Equal(1, await second.EndsAsync());
        Assert.Contains($"The gateway cannot listen on {first.Gateway.Authority}", second.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lab_TwoAtOnce_DoNotDisturbEachOther()
    {
        await using var first = await RunningLab.StartAsync();
        await using var second = await RunningLab.StartAsync();
        await second.ApplyAsync(HttpMethod.Put, "reviews-v3.yaml");
        using var reader = await first.ReaderAsync();

        Assert.Contains("reviews-v1", await reader.GetStringAsync("/productpage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lab_FaultyReleaseAskedFor_RunsIt()
    {
        await using var lab = await RunningLab.StartAsync("--with", "ratings-v-faulty");

        Assert.Contains("ratings-v-faulty-1", await lab.Console.GetStringAsync("/api/topology"), StringComparison.Ordinal);
    }
}
