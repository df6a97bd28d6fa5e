using System.Net;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;
using Bookinfo.Mesh.Rollouts.Simulation;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>canary --rollout</c>: one of Argo's files, in a Lab of its own, in one that runs, or in a simulation.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="plan">The releases, the load, and where the new release is broken on purpose.</param>
/// <param name="isServiceNamed">Whether the service was named; else a simulated Rollout is that of the service of its name.</param>
/// <param name="isTargetNamed">Whether the new release was named; else the Rollout's label names it.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
internal sealed class RolloutCommand(
    RolloutRequest request, CanaryPlan plan, bool isServiceNamed, bool isTargetNamed, TextWriter output, TextWriter error)
{
    /// <summary>The most that a console's load does.</summary>
    private const int HighestRate = 50;

    private string? Target => isTargetNamed ? plan.To : null;

    /// <summary>Runs it.</summary>
    /// <param name="seed">Where random choices begin; null for anywhere.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(int? seed, CancellationToken stop)
    {
        var source = RulePlaces.Load([request.File])[0];
        if (request.Simulations is { } runs)
        {
            return await SimulateAsync(source, runs, seed, stop);
        }

        if (request.Console is { } console)
        {
            using var client = new RolloutClient(console, request.Token);
            return await FollowAsync(client, source, stop);
        }

        var topology = BookinfoSystem.Topology;
        await using var lab = await LabHost.StartAsync(
            new LabOptions
            {
                Gateway = new IPEndPoint(IPAddress.Loopback, 0),
                Console = new IPEndPoint(IPAddress.Loopback, 0),
                Optional = [.. new[] { plan.From, plan.To }.Select(version =>
                    topology[plan.Service].WorkloadName(topology[plan.Service].Release(version)))],
                Randomness = SharedOptions.ToRandomness(seed),
                Log = error,
            },
            stop);
        using var own = new RolloutClient(lab.Mesh.Console!, token: null);
        await output.WriteLineAsync($"Watch and steer it at {own.Address}");
        await own.LoadAsync(Math.Min(plan.Rate, HighestRate), stop);
        return await FollowAsync(own, source, stop);
    }

    private async Task<int> FollowAsync(RolloutClient client, RuleSource source, CancellationToken stop)
    {
        await client.StartAsync(source.Name, source.Text, plan, isTargetNamed, request.FewestRequests, stop);
        var status = await new RolloutSession(client, request, plan, output).FollowAsync(stop);
        if (request.Report is { } file)
        {
            await File.WriteAllTextAsync(file, RolloutReport.Write(status, file), stop);
        }

        var promoted = status.Phase == "Healthy";
        await output.WriteLineAsync(promoted ? $"{status.To} has all the traffic."
            : $"Rolled back: {status.From} has all the traffic again.");
        return promoted ? ExitCodes.Ok : ExitCodes.RolledBack;
    }

    private async Task<int> SimulateAsync(RuleSource source, int runs, int? seed, CancellationToken stop)
    {
        var planning = RolloutPlanner.Plan(RolloutReader.Read(source), source.Name, plan.From,
            isServiceNamed ? plan.Service : null, Target, isSimulated: true);
        if (planning.Plan is not { } rollout)
        {
            throw new UserErrorException(string.Join(Environment.NewLine, planning.Problems));
        }

        var options = new SimulationOptions
        {
            Runs = runs,
            Seed = seed ?? 1,
            Rate = plan.Rate,
            Good = request.Good,
            Bad = request.Bad,
            Stable = request.Good,
            ScrapeInterval = request.Scrape,
            FewestRequests = request.FewestRequests,
            Promotes = request.Promote,
        };
        var result = await Task.Run(() => new Simulator(rollout, options).Run(stop), stop);
        foreach (var line in SimulationReport.Write(rollout, options, result))
        {
            await output.WriteLineAsync(line);
        }

        if (request.Report is { } file)
        {
            await File.WriteAllTextAsync(file, SimulationReport.ToFile(rollout, options, result, file), stop);
        }

        return ExitCodes.Ok;
    }
}
