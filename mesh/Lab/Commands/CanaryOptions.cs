using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary>The options of <c>canary</c>, and the plan they make.</summary>
internal sealed class CanaryOptions
{
    private static readonly CanaryPlan Default = new("reviews", "v1", "v3");

    private readonly Option<string> _service = new("--service")
    {
        Description = "the service to shift",
        HelpName = "NAME",
        DefaultValueFactory = _ => Default.Service,
    };
    private readonly Option<string> _from = new("--from")
    {
        Description = "the release that has the traffic",
        HelpName = "RELEASE",
        DefaultValueFactory = _ => Default.From,
    };
    private readonly Option<string> _to = new("--to")
    {
        Description = "the release that gets it",
        HelpName = "RELEASE",
        DefaultValueFactory = _ => Default.To,
    };
    private readonly Option<Shares> _steps = new("--steps")
    {
        Description = "the new release's shares in percent, growing, 100 at the end",
        HelpName = "PERCENT,...",
        CustomParser = ReadSteps,
        DefaultValueFactory = _ => new Shares(Default.Steps),
    };

    private readonly Option<int> _requests = SharedOptions.Whole("--requests", "requests in each step, 1 to 100000", Default.Requests);
    private readonly Option<int> _rate = SharedOptions.Whole("--rate", "requests in a second; 0 for as many as go", Default.Rate);
    private readonly Option<double> _maxErrorRate = new("--max-error-rate")
    {
        Description = "the share of the new release's answers that may be errors, such as 0.05 or 5%",
        HelpName = "SHARE",
        CustomParser = result => ReadShare(result, "--max-error-rate"),
        DefaultValueFactory = _ => Default.MaxErrorRate,
    };

    private readonly Option<int?> _breakAt = new("--break-at")
    {
        Description = "break the new release on purpose at the step with that share",
        HelpName = "PERCENT",
        CustomParser = SharedOptions.ReadWhole,
    };
    private readonly Option<int?> _seed = SharedOptions.Seed();

    public void AddTo(Command command)
    {
        Option[] options = [_service, _from, _to, _steps, _requests, _rate, _maxErrorRate, _breakAt, _seed];
        foreach (var option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Where random choices begin; null for anywhere.</summary>
    public int? Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>Whether the service was named on the command line.</summary>
    public bool IsServiceNamed(ParseResult parsed) => parsed.GetResult(_service) is { Implicit: false };

    /// <summary>Whether the new release was named on the command line.</summary>
    public bool IsTargetNamed(ParseResult parsed) => parsed.GetResult(_to) is { Implicit: false };

    /// <summary>Whether the load was given on the command line.</summary>
    public bool IsRateGiven(ParseResult parsed) => parsed.GetResult(_rate) is { Implicit: false };

    public Randomness Randomness(ParseResult parsed) => SharedOptions.ToRandomness(parsed.GetValue(_seed));

    /// <summary>The plan.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="topology">The system it is for.</param>
    /// <exception cref="UserErrorException">The system has no such service or release, or a number is out of its range.</exception>
    public CanaryPlan Read(ParseResult parsed, ServiceTopology topology)
    {
        var plan = new CanaryPlan(parsed.GetRequiredValue(_service), parsed.GetRequiredValue(_from), parsed.GetRequiredValue(_to))
        {
            Steps = parsed.GetRequiredValue(_steps).Percent,
            Requests = parsed.GetValue(_requests),
            Rate = parsed.GetValue(_rate),
            MaxErrorRate = parsed.GetValue(_maxErrorRate),
            BreakAt = parsed.GetValue(_breakAt),
        };
        SharedOptions.RequireName("--service", plan.Service, "service", [.. topology.Services.Select(service => service.Name)]);
        var releases = topology[plan.Service].Releases.Select(release => release.Version).ToList();
        SharedOptions.RequireName("--from", plan.From, $"release of {plan.Service}", releases);
        SharedOptions.RequireName("--to", plan.To, $"release of {plan.Service}", releases);

        Require(plan.From != plan.To, $"--to: {plan.To} is the release that has the traffic already.");
        Require(plan.Requests is >= 1 and <= 100_000, "--requests: expected 1 to 100000.");
        Require(plan.Rate >= 0, "--rate: expected 0 or more.");
        Require(plan.BreakAt is null || plan.Steps.Contains(plan.BreakAt.Value),
            $"--break-at: expected one of the steps, {string.Join(", ", plan.Steps)}.");
        return plan;
    }

    private static void Require(bool right, string otherwise)
    {
        if (!right)
        {
            throw new UserErrorException(otherwise, ExitCodes.Usage);
        }
    }

    private static Shares? ReadSteps(ArgumentResult result)
    {
        var steps = new List<int>();
        foreach (var text in result.Tokens[0].Value.Split(','))
        {
            var grows = int.TryParse(text.Trim().TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
                && step > steps.LastOrDefault() && step <= 100;
            if (!grows)
            {
                result.AddError($"--steps: '{text}' does not fit; expected growing percentages that end with 100, such as 10,25,50,100");
                return null;
            }

            steps.Add(step);
        }

        if (steps[^1] != 100)
        {
            result.AddError($"--steps: the last step must be 100, so that the new release ends with all the traffic");
        }

        return new Shares(steps);
    }

    /// <summary>Reads a share of 0 to 1, as a number or in percent.</summary>
    internal static double ReadShare(ArgumentResult result, string option)
    {
        var text = result.Tokens[0].Value;
        var percent = text.EndsWith('%');
        if (double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            var share = percent ? number / 100 : number;
            if (share is >= 0 and < 1)
            {
                return share;
            }
        }

        result.AddError($"{option}: '{text}' is not a share; expected a number from 0 to 1, such as 0.05, or 5%");
        return 0;
    }

    /// <summary>Shares in percent, which print as they are typed.</summary>
    private sealed record Shares(IReadOnlyList<int> Percent)
    {
        public override string ToString() => string.Join(',', Percent);
    }
}
