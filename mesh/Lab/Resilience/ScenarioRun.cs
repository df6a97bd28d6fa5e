using System.Diagnostics;
using System.Net;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Lab.Rules;

namespace Bookinfo.Mesh.Lab.Resilience;

/// <summary>Runs a scenario in a Lab of its own, so that no breaker remembers the run before.</summary>
/// <param name="scenario">What fails.</param>
/// <param name="owner">Who has the pattern.</param>
/// <param name="log">Where errors are told.</param>
internal sealed class ScenarioRun(Scenario scenario, Owner owner, TextWriter log)
{
    private const string Caller = "reviews-v2";
    private const int WarmUpRequests = 5;

    /// <summary>Runs it.</summary>
    /// <param name="cancellation">Ends it early.</param>
    public async Task<Measurement> RunAsync(CancellationToken cancellation)
    {
        await using var lab = await LabHost.StartAsync(Options(), cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
        var reviews = new Uri($"http://{lab.Pod(Caller).Address}/reviews/0");
        for (var i = 0; i < WarmUpRequests; i++)
        {
            await AskAsync(client, reviews, cancellation);
        }

        var failing = scenario.Failing.Select(lab.Pod).ToList();
        var counters = failing.Select(pod => lab.RequestCounters[pod.Name]).ToList();
        var before = counters.Sum(counter => counter.Requests);
        using var faults = new PodFaults();
        foreach (var pod in failing)
        {
            await faults.BreakAsync(pod, scenario.Fault, cancellation);
        }

        var answers = await new PacedLoad(scenario.Requests, rate: 0, scenario.AtOnce, TimeProvider.System)
            .RunAsync(stop => AskAsync(client, reviews, stop), cancellation);
        var latencies = new Latencies(answers.Select(answer => answer.Elapsed));
        return new Measurement(
            owner,
            answers.Length,
            answers.Count(answer => answer.Failed),
            latencies.Percentile(0.50),
            latencies.Percentile(0.99),
            counters.Sum(counter => counter.Requests) - before,
            counters.Max(counter => counter.MostAtOnce));
    }

    private LabOptions Options() => new()
    {
        Gateway = new IPEndPoint(IPAddress.Loopback, 0),
        RulePaths = [.. scenario.Rules.Append(scenario.Pattern).Take(scenario.Rules.Count + (owner.HasFlag(Owner.Mesh) ? 1 : 0))
            .Select(RulePlaces.Demo)],
        Optional = scenario.Failing,
        Settings = new Dictionary<string, string> { ["RESILIENCE_OWNER"] = owner.HasFlag(Owner.Application) ? "application" : "mesh" },
        Log = log,
    };

    /// <summary>Reviews always answers 200; where ratings could not be had, it says so in place of the stars.</summary>
    private static async Task<Answer> AskAsync(HttpClient client, Uri reviews, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var body = await client.GetStringAsync(reviews, cancellation);
        return new Answer(null, !body.Contains("\"stars\"", StringComparison.Ordinal), Stopwatch.GetElapsedTime(began));
    }
}
