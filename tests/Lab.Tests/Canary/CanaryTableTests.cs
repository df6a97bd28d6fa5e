using Bookinfo.Mesh.Lab.Canary;
using Spectre.Console;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class CanaryTableTests
{
    [Fact]
    public void Create_RolledBackCanary_ShowsAskedSeenIntervalErrorsAndVerdict()
    {
        var lines = Draw(
            width: 140,
            new JudgedStep(new StepResult(10, 500, 45, 0, 0, TimeSpan.FromMilliseconds(1.2), TimeSpan.FromMilliseconds(3.4)),
                Verdict.Continue),
            new JudgedStep(new StepResult(50, 500, 250, 0, 250, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)),
                Verdict.TooManyErrors));

        Assert.Contains("10% 9.0% 6.8-11.8 0 of 45 0.0-7.9 1.2 3.4 go on", lines);
        Assert.Contains("50% 50.0% 45.6-54.4 250 of 250 98.5-100.0 1.0 2.0 too many errors", lines);
    }

    [Fact]
    public void Create_LongNumbersAt80Columns_StayOnOneLine()
    {
        var lines = Draw(
            width: 80,
            new JudgedStep(
                new StepResult(100, 500, 500, 0, 500, TimeSpan.FromMilliseconds(1234.5), TimeSpan.FromMilliseconds(9876.5)),
                    Verdict.TooManyErrors));

        Assert.Contains("100% 100.0% 99.2-100.0 500 of 500 99.2-100.0 1234.5 9876.5 too many errors", lines);
    }

    // Each line with its words one blank apart.
    private static string[] Draw(int width, params JudgedStep[] steps)
    {
        var text = new StringWriter();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        screen.Profile.Width = width;

        screen.Write(CanaryTable.Create(new CanaryPlan("reviews", "v1", "v3"), steps));

        Assert.DoesNotContain('\u001b', text.ToString());
        return [.. text.ToString().Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))];
    }
}
