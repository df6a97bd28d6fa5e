using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Routing;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Starts the canaries of Rollouts and writes how they stand. They run where those of the console run, so that there is one canary, and
/// one that the console starts is a Rollout too.
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="canaries">Runs canaries; null where the Lab has no console, and so none.</param>
/// <param name="rules">The rules in force.</param>
/// <param name="topology">The system.</param>
/// <param name="pods">The pods of Rollouts that have some.</param>
/// <param name="objects">The clock of conditions.</param>
/// <param name="tell">Notes what happened to an object: the reason in a word, and a message.</param>
internal sealed class RolloutController(
    ObjectStore store, CanaryRunner? canaries, RuleStore rules, ServiceTopology topology, RolloutPods pods, WorkloadObjects objects,
    Action<JsonObject, string, string> tell)
{
    private readonly AnalysisRunObjects _analyses = new(store, objects, tell);
    private readonly ConsoleRollouts _console = new(store, topology, objects);
    private readonly Dictionary<string, StartedCanary> _started = new(StringComparer.Ordinal);

    private RolloutStatus Status => field ??= new RolloutStatus(objects, _analyses);

    /// <summary>Brings every Rollout in line with its canary, and starts those that are due.</summary>
    public void Reconcile()
    {
        TakeOver();
        var rollouts = store.All(ArgoKinds.Rollout).Select(found => found.Content).ToList();
        foreach (var rollout in rollouts)
        {
            Reconcile(rollout);
        }

        foreach (var gone in _started.Keys.Except(rollouts.Select(rollout => rollout.Uid())).ToList())
        {
            lock (_started)
            {
                _started.Remove(gone);
            }
        }
    }

    /// <summary>Does something with the canary of a Rollout; nothing where it has none under way.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="command">What to do; it gets the time.</param>
    public void Steer(JsonObject rollout, Action<RolloutRun, DateTimeOffset> command)
    {
        StartedCanary? own;
        lock (_started)
        {
            own = _started.GetValueOrDefault(rollout.Uid());
        }

        if (own is not null)
        {
            canaries?.Command((run, now) =>
            {
                if (ReferenceEquals(run, own.Run))
                {
                    command(run, now);
                }
            });
        }
    }

    /// <summary>Ends an analysis of the canary under way; nothing where that has none of that name.</summary>
    /// <param name="name">The name of its AnalysisRun.</param>
    public void Terminate(string name) => canaries?.Command((run, now) =>
    {
        foreach (var started in run.Analyses.Where(started => _analyses.NameOf(started.Run) == name))
        {
            started.Run.Terminate();
            run.Reconcile(now);
        }
    });

    /// <summary>A canary that the console has started becomes a Rollout.</summary>
    private void TakeOver()
    {
        var fresh = canaries?.Read((run, source) => (Run: run, Source: source));
        if (fresh is { Run: { } started, Source: { } text } && !_started.Values.Any(known => ReferenceEquals(known.Run, started)))
        {
            var rollout = _console.Put(started.Plan, text);
            Remember(rollout, new StartedCanary(started, HashOf(rollout), started.Plan.Releases.From));
        }
    }

    private void Reconcile(JsonObject rollout)
    {
        var hash = HashOf(rollout);
        var own = _started.GetValueOrDefault(rollout.Uid());
        var stable = StableOf(rollout, hash);
        if (own is not null && own.Hash == hash)
        {
            Tell(rollout, own);
            _analyses.Put(rollout, canaries!.Read((_, _) => _analyses.Describe(rollout, hash, own.Revision, own.Run))!);
            Write(rollout, canaries!.Read((_, _) => (Status.Of(rollout, own.Stable, hash, own.Run), !own.Run.IsOver)));
        }
        else if (hash == stable)
        {
            Steer(rollout, (run, now) => run.Abort(now, "the Rollout went back to the stable release"));
            Write(rollout, (Status.Stable(rollout, hash), false));
        }
        else
        {
            Steer(rollout, (run, now) => run.Abort(now, "the Rollout goes to another release"));
            Write(rollout, Start(rollout, stable, hash));
        }
    }

    private (JsonObject Status, bool IsUnderWay) Start(JsonObject rollout, string stable, string hash)
    {
        var from = pods.VersionOf(rollout, stable) ?? stable;
        var to = VersionOf(rollout);
        var reading = RolloutTexts.Read(store, rollout);
        var problem = canaries is null ? "the Lab was started without its console, which runs canaries"
            : to is null ? "no release is named for the canary: write the label version"
            : from == to ? $"the pods of both releases have the label version: {to}, by which they are told apart here"
            : reading.Problems.FirstOrDefault(one => one.IsRefusal) is { } wrong ? RolloutTexts.Words(wrong) : null;
        if (problem is not null)
        {
            return (Status.Waiting(rollout, stable, hash, problem, isInvalid: true), false);
        }

        var service = rollout.Text("spec", "selector", "matchLabels", "app") ?? rollout.Name();
        if (!RolloutPods.Has(rollout) && !pods.IsRunning(rollout, service, to!))
        {
            return (Status.Waiting(rollout, stable, hash, $"waits for a pod of {service} {to}", isInvalid: false), false);
        }

        var planning = RolloutPlanner.Plan(reading, new Releases(service, from, to!));
        if (planning.Plan is not { } plan)
        {
            return (Status.Waiting(rollout, stable, hash, RolloutTexts.Words(planning.Problems[0]), isInvalid: true), false);
        }

        if (canaries!.Start(plan, pods.ReplicasOf(rollout, stable, hash)) is not { } run)
        {
            return (Status.Waiting(rollout, stable, hash, "waits for the canary that is under way", isInvalid: false), false);
        }

        Remember(rollout, new StartedCanary(run, hash, stable));
        if (rollout["spec"]!["paused"] is JsonValue paused && paused.TryGetValue<bool>(out var isPaused) && isPaused)
        {
            Steer(rollout, (own, now) => own.SetPaused(now, paused: true));
        }

        return canaries.Read((_, _) => (Status.Of(rollout, stable, hash, run), !run.IsOver));
    }

    private void Write(JsonObject rollout, (JsonObject Status, bool IsUnderWay) now)
    {
        pods.Reconcile(rollout, now.Status.Text("stableRS")!, now.IsUnderWay, now.Status);
        store.Update(ArgoKinds.Rollout, rollout.Namespace(), rollout.Name(), current =>
        {
            if (current.Uid() == rollout.Uid())
            {
                current["status"] = now.Status;
            }
        });
    }

    /// <summary>What happened to the canary, as <c>kubectl describe</c> shows it.</summary>
    private void Tell(JsonObject rollout, StartedCanary own)
    {
        var events = canaries!.Read((_, _) => own.Run.Events.Skip(own.Told).ToList())!;
        own.Told += events.Count;
        foreach (var one in events)
        {
            var reason = one.Kind switch
            {
                RolloutEventKind.Step => "RolloutStepCompleted",
                RolloutEventKind.Weight => "TrafficWeightUpdated",
                RolloutEventKind.Scale => "ScalingReplicaSet",
                RolloutEventKind.Pause => "RolloutPaused",
                RolloutEventKind.RollBack => "RolloutAborted",
                RolloutEventKind.Promotion => "RolloutCompleted",
                RolloutEventKind.Fault => "PodFault",
                _ => null,
            };
            if (reason is not null)
            {
                tell(rollout, reason, one.Text);
            }
        }
    }

    private void Remember(JsonObject rollout, StartedCanary canary)
    {
        lock (_started)
        {
            var before = _started.GetValueOrDefault(rollout.Uid());
            _started[rollout.Uid()] = canary with { Revision = (before?.Revision ?? 1) + 1 };
        }
    }

    /// <summary>The release that has the traffic: as the status says, or else as the rules say, or the first of a Rollout's pods.</summary>
    private string StableOf(JsonObject rollout, string hash) => rollout.Text("status", "stableRS") is { Length: > 0 } known ? known
        : RolloutPods.Has(rollout) ? hash
        : StableRelease.Find(rules.InForce.Rules, rollout.Name())
            ?? topology.Services.FirstOrDefault(service => service.Name == rollout.Name())?.Releases[0].Version ?? hash;

    private static string HashOf(JsonObject rollout) =>
        RolloutPods.Has(rollout) ? RolloutPods.HashOf(rollout) : VersionOf(rollout) ?? "";

    private static string? VersionOf(JsonObject rollout) =>
        rollout.Text("spec", "template", "metadata", "labels", RolloutPlanner.VersionLabel)
            ?? rollout.Text("metadata", "labels", RolloutPlanner.VersionLabel);

    /// <summary>A canary that runs for a Rollout.</summary>
    /// <param name="Run">The canary.</param>
    /// <param name="Hash">The release that it goes to.</param>
    /// <param name="Stable">The release that it comes from.</param>
    private sealed record StartedCanary(RolloutRun Run, string Hash, string Stable)
    {
        /// <summary>How many releases of the Rollout there have been, with this one.</summary>
        public int Revision { get; init; }

        /// <summary>How many of its events have been noted.</summary>
        public int Told { get; set; }
    }
}
