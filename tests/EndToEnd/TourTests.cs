using System.Text.RegularExpressions;
using Bookinfo.Tests.EndToEnd.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The README's tour: its commands run as they are written, and do what it says of them.</summary>
public sealed partial class TourTests
{
    private const string Stars = "data-color=\"black\"";

    [Fact]
    public void Tour_InJapanese_HasTheSameCommands() =>
        Assert.Equal(Commands("README.md", "## The tour"), Commands("README.ja.md", "## ツアー"));

    [Fact]
    public async Task Tour_CommandsAsWritten_DoWhatTheTourSays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the tour's commands are for a POSIX shell");
        await using var lab = await RunningLab.StartAsync();
        var commands = Commands("README.md", "## The tour");

        foreach (var command in commands)
        {
            var output = await RunAsync(command, lab, command.Contains("--break-at", StringComparison.Ordinal) ? 3 : 0);
            if (command.StartsWith("curl", StringComparison.Ordinal))
            {
                Assert.Empty(output.Trim());
            }

            await LookAsync(command, output, lab);
        }

        Assert.True(commands.Count > 8, $"only {commands.Count} commands were found");
    }

    /// <summary>Looks at the page, or at what the command said, for what the tour promises.</summary>
    private static async Task LookAsync(string command, string output, RunningLab lab)
    {
        using var jason = await lab.ReaderAsync("jason");
        using var other = await lab.ReaderAsync();
        switch (command)
        {
            case var c when c.Contains("reviews-90-10", StringComparison.Ordinal):
                Assert.Contains("weight: 10", await lab.Console.GetStringAsync("/api/rules"), StringComparison.Ordinal);
                break;
            case var c when c.Contains("reviews-jason-v2", StringComparison.Ordinal):
                Assert.Contains(Stars, await jason.GetStringAsync("/productpage"), StringComparison.Ordinal);
                Assert.DoesNotContain("data-color", await other.GetStringAsync("/productpage"), StringComparison.Ordinal);
                break;
            case var c when c.Contains("ratings-delay", StringComparison.Ordinal):
                Assert.Contains("Error fetching product reviews", await jason.GetStringAsync("/productpage"), StringComparison.Ordinal);
                break;
            case var c when c.Contains("reviews-v3", StringComparison.Ordinal):
                Assert.Contains("Ratings service is currently unavailable", await jason.GetStringAsync("/productpage"),
                    StringComparison.Ordinal);
                break;
            case var c when c.Contains("api/reset", StringComparison.Ordinal):
                Assert.DoesNotContain("data-color", await jason.GetStringAsync("/productpage"), StringComparison.Ordinal);
                Assert.DoesNotContain("fixedDelay", await lab.Console.GetStringAsync("/api/rules"), StringComparison.Ordinal);
                break;
            case var c when c.Contains("explain", StringComparison.Ordinal):
                Assert.Contains("subset v1", output, StringComparison.Ordinal);
                break;
            case var c when c.Contains("canary", StringComparison.Ordinal):
                Assert.Contains(c.Contains("--break-at", StringComparison.Ordinal) ? "Rolled back" : "v3 has all the traffic.", output,
                    StringComparison.Ordinal);
                break;
            case var c when c.Contains("resilience", StringComparison.Ordinal):
                Assert.Contains("Bulkhead", output, StringComparison.Ordinal);
                break;
        }
    }

    /// <summary>Runs a command against that Lab: only its ports are replaced, and the build is left out.</summary>
    private static async Task<string> RunAsync(string command, RunningLab lab, int exitCode)
    {
        var console = lab.Console.BaseAddress!.Authority;
        var here = command.Replace("127.0.0.1:8080", lab.Gateway.Authority, StringComparison.Ordinal)
            .Replace("127.0.0.1:8081", console, StringComparison.Ordinal)
            + (command.Contains(" explain ", StringComparison.Ordinal) ? $" --console {console}" : "");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        await using var process = ChildProcess.StartShell(
            $$"""
            export no_proxy=127.0.0.1
            dotnet() { shift; command dotnet run --no-build -c {{configuration}} "$@"; }
            {{here}}
            """);
        var ended = await process.EndsAsync();
        Assert.True(ended == exitCode, $"{command} ended with {ended}: {process.Output}{process.Error}");
        return process.Output;
    }

    /// <summary>The blocks of a section that are for the shell, each one command.</summary>
    private static List<string> Commands(string page, string heading)
    {
        var text = File.ReadAllText(Repository.PathOf(page));
        var section = text[text.IndexOf($"\n{heading}\n", StringComparison.Ordinal)..];
        var end = section.IndexOf("\n## ", heading.Length, StringComparison.Ordinal);
        return [.. Block().Matches(section[..end]).Where(block => block.Groups["shell"].Length == 0)
            .Select(block => block.Groups["command"].Value.Trim())];
    }

    [GeneratedRegex("^```(?<shell>[a-z]*)\n(?<command>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
