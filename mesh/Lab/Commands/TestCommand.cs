using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bookinfo.Mesh.Analysis.Testing.Reports;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Lab.Testing;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>test TESTS...</c>: unit tests of rules, without a cluster and without sending anything.</summary>
internal static class TestCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        var tests = new Argument<string[]>("TESTS")
        {
            Description = "files and folders of tests: the project's own, istio-config-validator's or router_check_tool's",
            Arity = ArgumentArity.OneOrMore,
        };
        var rules = new Option<string[]>("--rules")
        {
            Description = "files and folders of rules, beside those that the tests name; repeatable",
            HelpName = "PATH",
            AllowMultipleArgumentsPerToken = true,
        };
        var recursive = new Option<bool>("--recursive", "-R") { Description = "read the folders within folders too" };
        var space = SharedOptions.Namespace();
        var noBase = SharedOptions.NoBase();
        var channel = SharedOptions.GatewayApi();
        var format = new Option<string>("--output", "-o")
        {
            Description = "text, json, junit (XML) or github (annotations of a pull request)",
            HelpName = "FORMAT",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "junit", "github");
        var junit = new Option<FileInfo>("--junit") { Description = "write JUnit XML to a file as well", HelpName = "FILE" };
        var coverage = new Option<double?>("--coverage")
        {
            Description = "name the rules and matches that no case reaches; with a number, fail below that percentage",
            HelpName = "PERCENT",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = ReadPercent,
        };
        var watch = new Option<bool>("--watch") { Description = "run again whenever a test or a rule changes, until Ctrl+C" };
        var command = new Command("test", "Test where rules send requests, without a cluster.")
        {
            tests, rules, recursive, space, noBase, channel, format, junit, coverage, watch,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var request = new TestRequest
            {
                Tests = parsed.GetRequiredValue(tests),
                Rules = parsed.GetValue(rules) ?? [],
                Recursive = parsed.GetValue(recursive),
                Namespace = parsed.GetRequiredValue(space),
                WithBase = !parsed.GetValue(noBase),
                GatewayApi = parsed.GetValue(channel),
                Coverage = parsed.GetResult(coverage) is not null,
                Threshold = parsed.GetValue(coverage),
            };
            int Run(out TestOutcome outcome) =>
                RunOnce(request, parsed.GetRequiredValue(format), parsed.GetValue(junit), output, error, out outcome);
            var code = Run(out var first);
            return parsed.GetValue(watch) ? await WatchAsync(first.Paths, () => _ = Run(out _), output, error, stop) : code;
        });
        return command;
    }

    private static int RunOnce(TestRequest request, string format, FileInfo? junit, TextWriter output, TextWriter error,
        out TestOutcome outcome)
    {
        outcome = TestRunner.Run(request);
        foreach (var problem in outcome.Problems)
        {
            error.WriteLine(problem.ToLine());
        }

        Action<TestReport, TextWriter> write = format switch
        {
            "json" => JsonReport.Write,
            "junit" => JUnitReport.Write,
            "github" => GitHubReport.Write,
            _ => TextReport.Write,
        };
        write(outcome.Report, output);
        if (junit is not null)
        {
            WriteJUnit(outcome.Report, junit);
        }

        return outcome.HasFailed ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static void WriteJUnit(TestReport report, FileInfo file)
    {
        try
        {
            using var writer = file.CreateText();
            JUnitReport.Write(report, writer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--junit: {file} cannot be written: {e.Message}", ExitCodes.Usage);
        }
    }

    private static async Task<int> WatchAsync(IReadOnlyList<string> paths, Action run, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        using var watcher = new RuleWatcher(paths, () =>
        {
            try
            {
                output.WriteLine();
                run();
            }
            catch (UserErrorException e)
            {
                error.WriteLine(e.Message);
            }
        }, TimeProvider.System);
        await output.WriteLineAsync("Watching the tests and rules. Ctrl+C ends it.");
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);
        return ExitCodes.Ok;
    }

    private static double? ReadPercent(ArgumentResult result)
    {
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        var text = result.Tokens[0].Value.TrimEnd('%');
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100)
        {
            return percent;
        }

        result.AddError($"--coverage: '{result.Tokens[0].Value}' is not a percentage; use 0 to 100");
        return null;
    }
}
