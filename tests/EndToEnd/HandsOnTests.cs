using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The two hands-on pages: their commands typed into a Lab, and what one should see after each.</summary>
public sealed partial class HandsOnTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("docs/hands-on-1.md")]
    [InlineData("docs/hands-on-2.md")]
    public void Page_InJapanese_HasTheSameCommandsAndAnswers(string page)
    {
        var japanese = HandsOn.Read(page.Replace(".md", ".ja.md", StringComparison.Ordinal)).Steps;

        Assert.Equal(HandsOn.Read(page).Steps.Select(step => step.Command), japanese.Select(step => step.Command));
        Assert.Equal(HandsOn.Read(page).Steps.SelectMany(step => step.Expected), japanese.SelectMany(step => step.Expected));
    }

    [Fact]
    public async Task HandsOn1_TypedIntoTheLab_ShowsWhatItSays() => await TypeAsync("docs/hands-on-1.md");

    [Fact]
    public async Task HandsOn2_TypedIntoTheLab_ShowsWhatItSays()
    {
        var seen = await TypeAsync("docs/hands-on-2.md");

        // Of 100 draws, within four standard deviations: 10 +- 12 with p = 0.1, 50 +- 20 with 0.5, 12.5 +- 13.2 with 1/8, 25 +- 17.3 with
        // 1/4.
        Assert.InRange(Count(seen, "reviews-90-10", "<code>reviews-v2"), 1, 22);
        Assert.InRange(Count(seen, "stars() {", "without"), 30, 70);
        Assert.InRange(Count(seen, "ratings-retry", "without"), 0, 26);
        Assert.InRange(Count(seen, "ratings-well", "without"), 7, 43);
        Assert.InRange(Count(seen, "ratings-bulkhead", ""), 1, 40);
    }

    /// <summary>Types a page, and compares.</summary>
    /// <returns>What each command printed, by the command.</returns>
    private static async Task<IReadOnlyDictionary<string, string>> TypeAsync(string page)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are for a POSIX shell");
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "kubectl"))), "kubectl is not installed");
        var handsOn = HandsOn.Read(page);
        Assert.True(handsOn.Steps.Count > 8, $"only {handsOn.Steps.Count} commands were found");
        var folder = Directory.CreateTempSubdirectory("hands-on-");
        var kubeconfig = Path.Combine(folder.FullName, "config");
        await using var lab = ChildProcess.StartDotnet("bookinfo",
            [.. handsOn.LabArguments, "--gateway", "0", "--console", "0", "--kube", "0", "--kubeconfig", kubeconfig]);
        await lab.SaysAsync("kubectl works here too");
        var replacements = new Dictionary<string, string>
        {
            ["127.0.0.1:8080"] = GatewayLine().Match(lab.Output).Groups["address"].Value,
            ["/tmp/bookinfo-lab"] = kubeconfig,
            ["/tmp/jason"] = Path.Combine(folder.FullName, "jason"),
            ["30080"] = FreeNodePort().ToString(CultureInfo.InvariantCulture),
        };

        await using var shell = ChildProcess.StartShell(handsOn.ToScript(replacements));
        await shell.EndsAsync(Timeout);

        var outputs = HandsOn.Split(shell.Output);
        Assert.All(Enumerable.Range(1, handsOn.Steps.Count - 1), i =>
        {
            var step = handsOn.Steps[i] with
            {
                Expected = [.. handsOn.Steps[i].Expected.Select(line => HandsOn.Replace(line, replacements))],
            };
            Assert.True(
                step.Missing(outputs[i]) is null, $"{step.Command}\nshould show '{step.Missing(outputs[i])}'; it shows\n{outputs[i]}");
        });
        folder.Delete(recursive: true);
        return outputs.ToDictionary(output => handsOn.Steps[output.Key].Command, output => output.Value);
    }

    /// <summary>The number before a word in what the command with that text printed last; 0 where the word is not there.</summary>
    private static int Count(IReadOnlyDictionary<string, string> seen, string command, string word)
    {
        var output = seen.First(each => each.Key.Contains(command, StringComparison.Ordinal)).Value;
        var found = Regex.Matches(output, $@"(?m)^\s*(?<count>\d+)\s*[^\n]*{Regex.Escape(word)}").LastOrDefault();
        return found is null ? 0 : int.Parse(found.Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>A port of the lower band, from which a Lab draws none by itself.</summary>
    private static int FreeNodePort() => Enumerable.Range(30010, 70).First(port =>
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    [GeneratedRegex(@"Page +http://(?<address>[^/\s]+)")]
    private static partial Regex GatewayLine();
}
