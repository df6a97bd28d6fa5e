using Bookinfo.Mesh.Lab.Canary;
using Spectre.Console;

namespace Bookinfo.Tests.Lab.Canary;

public sealed class CanaryTableTests
{
    [Fact]
    public void Of_RolledBackCanary_ShowsAskedSeenIntervalErrorsAndVerdict()
    {
        var steps = new[]
        {
            new JudgedStep(new StepResult(10, 500, 45, 0, 0, TimeSpan.FromMilliseconds(1.2), TimeSpan.FromMilliseconds(3.4)), Verdict.Continue),
            new JudgedStep(new StepResult(50, 500, 250, 0, 250, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2)), Verdict.TooManyErrors),
        };
        var text = new StringWriter();
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(text) });
        screen.Profile.Width = 140;

        screen.Write(CanaryTable.Create(new CanaryPlan("reviews", "v1", "v3"), steps));

        var lines = text.ToString().Split('\n');
        var first = Assert.Single(lines, line => line.Contains("10 %", StringComparison.Ordinal));
        Assert.Contains("9.0 %", first, StringComparison.Ordinal);
        Assert.Contains("6.8 to 11.8 %", first, StringComparison.Ordinal);
        Assert.Contains("go on", first, StringComparison.Ordinal);
        var last = Assert.Single(lines, line => line.Contains("50 % ", StringComparison.Ordinal));
        Assert.Contains("rolled back: errors", last, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text.ToString());
    }
}
