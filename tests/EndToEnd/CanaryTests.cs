using System.Text.Json;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>Argo's files in the terminal.</summary>
public sealed class CanaryTests
{
    private static readonly string Quick = Path.Combine(AppContext.BaseDirectory, "rules", "rollouts", "reviews-quick.yaml");

    [Fact]
    public async Task Rollout_InALabOfItsOwn_BrokenAtAStep_IsRolledBackAndReported()
    {
        var report = Path.Combine(Directory.CreateTempSubdirectory("canary-").FullName, "report.json");
        await using var canary = ChildProcess.StartDotnet("bookinfo",
            ["canary", "--rollout", Quick, "--seed", "1", "--break-at", "25", "--report", report]);

        Assert.Equal(3, await canary.EndsAsync());
        Assert.Contains("reviews-v3-1 is broken on purpose", canary.Output, StringComparison.Ordinal);
        Assert.Contains("Rolled back: v1 has all the traffic again.", canary.Output, StringComparison.Ordinal);
        Assert.All(canary.Output.Split(Environment.NewLine), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain('\u001b', canary.Output);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(report));
        Assert.Equal("Degraded", json.RootElement.GetProperty("phase").GetString());
        Directory.Delete(Path.GetDirectoryName(report)!, recursive: true);
    }

    [Fact]
    public async Task Rollout_Simulated_SaysHowOftenItIsWrong()
    {
        await using var canary = ChildProcess.StartDotnet("bookinfo",
            ["canary", "--rollout", Quick, "--simulate", "100", "--error-rate", "50%"]);

        Assert.Equal(0, await canary.EndsAsync());
        Assert.Contains("a bad one passes 0.0 % of it.", canary.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollout_FileWithAnError_SaysWhereAndEndsWith1()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(Quick)).Replace("setWeight: 25", "setWieght: 25",
            StringComparison.Ordinal));
        await using var canary = ChildProcess.StartDotnet("bookinfo", ["canary", "--rollout", file, "--simulate", "1"]);

        Assert.Equal(1, await canary.EndsAsync());
        Assert.Matches($"(?m)^{file}:[0-9]+:[0-9]+: Rollout/reviews .*setWieght.*did you mean setWeight", canary.Error);
        File.Delete(file);
    }
}
