using System.CommandLine;
using System.Net;
using Bookinfo.Mesh.Lab.Canary;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Hosting;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;
using Spectre.Console;

namespace Bookinfo.Mesh.Lab.Commands;

/// <summary><c>canary</c>: the demo without a browser, in a Lab of its own that ends with it.</summary>
internal static class CanaryCommand
{
    /// <summary>Requests in a second to a canary of Argo's files, where nothing is said.</summary>
    private const int RolloutRate = 50;

    public static Command Create(TextWriter output, TextWriter error)
    {
        var options = new CanaryOptions();
        var command = new Command("canary", "Shift a service to another release, step by step.");
        options.AddTo(command);
        var rollouts = new RolloutOptions();
        rollouts.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var plan = options.Read(parsed, BookinfoSystem.Topology);
            try
            {
                if (rollouts.Read(parsed) is { } rollout)
                {
                    var own = options.IsRateGiven(parsed) ? plan : plan with { Rate = RolloutRate };
                    return await new RolloutCommand(
                        rollout, own, options.IsServiceNamed(parsed), options.IsTargetNamed(parsed), output, error)
                        .RunAsync(options.Seed(parsed), stop);
                }

                return await RunAsync(plan, options.Randomness(parsed), output, error, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Neither verdict would be true, and a script must not take the one for the other.
                await error.WriteLineAsync($"Stopped before its end: whether {plan.To} is good enough is not known.");
                return ExitCodes.Interrupted;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(CanaryPlan plan, Randomness randomness, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        var topology = BookinfoSystem.Topology;
        var lab = new LabOptions
        {
            Gateway = new IPEndPoint(IPAddress.Loopback, 0),
            Optional = [.. new[] { plan.From,
                plan.To }.Select(version => topology[plan.Service].WorkloadName(topology[plan.Service].Release(version)))],
            Randomness = randomness,
            Log = error,
        };
        await using var running = await LabHost.StartAsync(lab, stop);
        using var target = new LabTarget(plan, running, topology);
        await output.WriteLineAsync(
            $"{plan.Service} goes from {plan.From} to {plan.To}; the load calls it as {target.Caller}, {plan.Requests} times a step.");
        var screen = Screen.Create(output);
        await target.WarmUpAsync(stop);
        var steps = await WatchAsync(screen, output, plan,
            progress => new CanaryRun(plan, target, progress, TimeProvider.System).RunAsync(stop));
        screen.Write(CanaryTable.Create(plan, steps));
        var promoted = steps[^1].Verdict == Verdict.Continue;
        await output.WriteLineAsync(promoted ? $"{plan.To} has all the traffic." : $"Rolled back: {plan.From} has all the traffic again.");
        return promoted ? ExitCodes.Ok : ExitCodes.RolledBack;
    }

    private static Task<IReadOnlyList<JudgedStep>> WatchAsync(
        IAnsiConsole screen, TextWriter output, CanaryPlan plan, Func<ICanaryProgress, Task<IReadOnlyList<JudgedStep>>> run) =>
        screen.Profile.Capabilities.Interactive
            ? screen.Progress().StartAsync(progress => run(new BarProgress(plan, progress)))
            : run(new LineProgress(plan, output));
}
