using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Network;
using Bookinfo.Mesh.Rollouts.Analysis;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>The options of <c>canary</c> that run one of Argo's files.</summary>
internal sealed class RolloutOptions
{
    private readonly Option<string> _rollout = new("--rollout")
    {
        Description = "run Argo's Rollout with its AnalysisTemplates in this file, by the rules of Argo's controller; - is standard input",
        HelpName = "FILE",
    };

    private readonly Option<IPEndPoint?> _console = new("--console")
    {
        Description = "run it in the Lab whose console listens there, in place of a Lab of its own",
        HelpName = "URL",
        CustomParser = ReadConsole,
    };

    private readonly Option<string> _token = new("--token")
    {
        Description = "the token of a console that other machines can reach, as its start printed it",
        HelpName = "TOKEN",
    };

    private readonly Option<string> _report = new("--report")
    {
        Description = "write what happened to a file: .json or .md",
        HelpName = "FILE",
        CustomParser = ReadReport,
    };

    private readonly Option<int> _fewest = SharedOptions.Whole("--fewest-requests",
        "requests that a measurement needs to speak against a release; fewer are inconclusive; 0 judges exactly as Argo does",
        QueryProvider.DefaultFewestRequests);

    private readonly Option<bool> _promote = new("--promote")
    {
        Description = "promote the canary wherever it waits for a person, unless a measurement was inconclusive",
    };

    private readonly Option<int?> _simulate = new("--simulate")
    {
        Description = "run it so many times against models of a good and a bad release, under a virtual clock",
        HelpName = "NUMBER",
        CustomParser = SharedOptions.ReadWhole,
    };

    private readonly Option<double> _errorRate = Share("--error-rate", "for --simulate: the bad release's share of errors", 0.10);
    private readonly Option<double> _goodErrorRate = Share("--good-error-rate", "for --simulate: the good release's share of errors",
        0.001);
    private readonly Option<int> _latency = SharedOptions.Whole("--latency", "for --simulate: the bad release's median duration in ms", 20);
    private readonly Option<int> _goodLatency =
        SharedOptions.Whole("--good-latency", "for --simulate: the good release's median duration in ms", 20);

    private readonly Option<int> _scrape = SharedOptions.Whole("--scrape",
        "for --simulate: seconds from one reading of the counters to the next", 5);

    public void AddTo(Command command)
    {
        Option[] options = [_rollout, _console, _token, _report, _fewest, _promote, _simulate, _errorRate, _goodErrorRate, _latency,
            _goodLatency, _scrape];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>What was asked for; null where no file was named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UserErrorException">An option does not go with the others, or a number is out of its range.</exception>
    public RolloutRequest? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_rollout) is not { } file)
        {
            Option[] mine = [_console, _report, _promote, _simulate];
            return mine.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } lonely
                ? throw new UserErrorException($"{lonely.Name}: name the file to run with --rollout FILE.", ExitCodes.Usage)
                : null;
        }

        var request = new RolloutRequest(file)
        {
            Console = parsed.GetValue(_console),
            Token = parsed.GetValue(_token),
            Report = parsed.GetValue(_report),
            FewestRequests = parsed.GetValue(_fewest),
            Promote = parsed.GetValue(_promote),
            Simulations = parsed.GetValue(_simulate),
            Bad = new(parsed.GetValue(_errorRate), TimeSpan.FromMilliseconds(parsed.GetValue(_latency))),
            Good = new(parsed.GetValue(_goodErrorRate), TimeSpan.FromMilliseconds(parsed.GetValue(_goodLatency))),
            Scrape = TimeSpan.FromSeconds(parsed.GetValue(_scrape)),
        };
        Require(request.FewestRequests >= 0, "--fewest-requests: expected 0 or more.");
        Require(request.Simulations is null or (>= 1 and <= 1_000_000), "--simulate: expected 1 to 1000000.");
        Require(request.Simulations is null || request.Console is null, "--simulate needs no Lab; leave out --console.");
        Require(request.Scrape >= TimeSpan.FromSeconds(1), "--scrape: expected 1 or more.");
        Require(request.Good.Latency >= TimeSpan.Zero && request.Bad.Latency >= TimeSpan.Zero, "--latency: expected 0 or more.");
        return request;
    }

    private static void Require(bool right, string otherwise)
    {
        if (!right)
        {
            throw new UserErrorException(otherwise, ExitCodes.Usage);
        }
    }

    private static Option<double> Share(string name, string description, double otherwise) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = result => CanaryOptions.ReadShare(result, name),
        DefaultValueFactory = _ => otherwise,
    };

    private static IPEndPoint? ReadConsole(ArgumentResult result)
    {
        if (ListenAddress.TryParse(result.Tokens[0].Value, out var endpoint, out var error))
        {
            return endpoint;
        }

        result.AddError($"--console: {error}");
        return null;
    }

    private static string ReadReport(ArgumentResult result)
    {
        var file = result.Tokens[0].Value;
        if (Path.GetExtension(file).ToLower(CultureInfo.InvariantCulture) is not (".json" or ".md"))
        {
            result.AddError($"--report: '{file}' is neither .json nor .md");
        }

        return file;
    }
}
