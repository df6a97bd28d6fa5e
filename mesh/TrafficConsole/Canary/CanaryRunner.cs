using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;
using Bookinfo.Mesh.Rollouts.Routing;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>Runs one canary at a time on the mesh, and keeps the last one to be looked at.</summary>
/// <param name="mesh">The mesh.</param>
/// <param name="store">Where rules are changed.</param>
/// <param name="faults">Which pods are broken on purpose.</param>
/// <param name="time">The clock.</param>
internal sealed class CanaryRunner(MeshServer mesh, RuleStore store, PodFaults faults, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How often the counters are read.</summary>
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly Lock _oneAtATime = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _broken = [];
    private MeshSamples _samples = new(mesh);
    private Task _running = Task.CompletedTask;
    private RolloutRun? _run;
    private DateTimeOffset _startedAt;
    private DateTimeOffset _readAt;

    /// <summary>How the canary under way stands, or the last one.</summary>
    public CanaryState State
    {
        get
        {
            lock (_oneAtATime)
            {
                return new CanaryState(_run is null ? null : StatusReader.Read(_run, _startedAt, store.TrafficSinceChange()));
            }
        }
    }

    /// <summary>Starts a canary.</summary>
    /// <param name="source">Argo's Rollout with its AnalysisTemplates; Istio's rules beside them are applied first.</param>
    /// <param name="request">The releases, and how it is judged.</param>
    /// <param name="services">The services there are.</param>
    /// <returns>What is wrong; empty where it has started.</returns>
    /// <exception cref="InvalidOperationException">Another one is under way.</exception>
    public IReadOnlyList<Problem> Start(RuleSource source, CanaryRequest request, IReadOnlyList<ServiceDescription> services)
    {
        var planning = RolloutPlanner.Plan(RolloutReader.Read(store.Services.Namespace, source), source.Name, request.From,
            request.Service, request.To);
        if (planning.Plan is not { } plan)
        {
            return planning.Problems;
        }

        if (Missing(plan.Releases, services) is { } missing)
        {
            return [new Problem(Severity.Error, source.Name, 0, 0, "", missing, null)];
        }

        lock (_oneAtATime)
        {
            if (_run is { IsOver: false })
            {
                throw new InvalidOperationException($"A canary of {_run.Plan.Releases.Service} is under way. Abort it first.");
            }

            if (RuleReader.Read(source) is { Problems: var problems, Rules: var rules } && rules != Istio.Model.RuleSet.Empty)
            {
                var applied = store.Apply([source], RuleAuthor.Canary);
                if (applied.HasErrors)
                {
                    return applied.Problems;
                }
            }

            _samples = new MeshSamples(mesh);
            _broken.Clear();
            _startedAt = time.GetUtcNow();
            _run = new RolloutRun(plan, new StoreRoutes(new RolloutRules(plan), store),
                new QueryProvider(_samples.Samples, request.FewestRequests));
            Read(_startedAt);
            _run.Reconcile(_startedAt);
            if (_running.IsCompleted)
            {
                _running = RunAsync();
            }

            return [];
        }
    }

    /// <summary>Does something with the canary.</summary>
    /// <param name="command">What to do; it gets the time.</param>
    /// <returns>False where there is none.</returns>
    public bool Command(Action<RolloutRun, DateTimeOffset> command)
    {
        lock (_oneAtATime)
        {
            if (_run is null)
            {
                return false;
            }

            command(_run, time.GetUtcNow());
            if (_running.IsCompleted && !_run.IsOver)
            {
                _running = RunAsync();
            }

            return true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    /// <summary>What of a canary is not there; null where all is.</summary>
    private static string? Missing(Releases releases, IReadOnlyList<ServiceDescription> services)
    {
        if (services.FirstOrDefault(service => service.Name == releases.Service) is not { } service)
        {
            return $"there is no service {releases.Service}: there are {Messages.AllOf(services.Select(one => one.Name))}";
        }

        var versions = service.Releases.Select(release => release.Version).ToList();
        return new[] { releases.From, releases.To }.FirstOrDefault(version => !versions.Contains(version)) is { } unknown
            ? $"there is no release {unknown} of {service.Name}: there are {Messages.AllOf(versions)}"
            : releases.From == releases.To ? $"{releases.To} is the release that has the traffic already" : null;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Step, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                lock (_oneAtATime)
                {
                    if (_run is not { IsOver: false } run)
                    {
                        return;
                    }

                    var now = time.GetUtcNow();
                    MarkFaults(run, now);
                    if (now - _readAt >= ScrapeInterval)
                    {
                        Read(now);
                    }

                    run.Reconcile(now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The console stops.
        }
    }

    private void Read(DateTimeOffset now)
    {
        _readAt = now;
        _samples.Read(now, _run!.Plan.LongestRange + (2 * ScrapeInterval));
    }

    /// <summary>A pod that is broken or healed meanwhile is marked on the time line.</summary>
    private void MarkFaults(RolloutRun run, DateTimeOffset now)
    {
        foreach (var pod in mesh.Pods.Where(pod => pod.Workload.App == run.Plan.Releases.Service))
        {
            var isBroken = faults.Of(pod.Name).Fault is not null;
            if (isBroken && _broken.Add(pod.Name))
            {
                run.Tell(now, RolloutEventKind.Fault, $"{pod.Name} is broken on purpose");
            }
            else if (!isBroken && _broken.Remove(pod.Name))
            {
                run.Tell(now, RolloutEventKind.Fault, $"{pod.Name} is healed");
            }
        }
    }
}

/// <summary>The releases of a canary, and how it is judged.</summary>
/// <param name="From">The version label of the stable release.</param>
/// <param name="To">That of the canary; null for the Rollout's label <c>version</c>.</param>
/// <param name="Service">The service; null for the Rollout's name.</param>
/// <param name="FewestRequests">How many requests a failed measurement needs; 0 judges exactly as Argo does.</param>
internal sealed record CanaryRequest(string From, string? To, string? Service, int FewestRequests);
