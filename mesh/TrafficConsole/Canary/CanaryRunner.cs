using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;
using Bookinfo.Mesh.Rollouts.Routing;
using Bookinfo.Mesh.Rollouts.Scaling;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.TrafficConsole.Canary;

/// <summary>Runs one canary at a time on the mesh, and keeps the last one to be looked at.</summary>
public sealed class CanaryRunner : IAsyncDisposable
{
    /// <summary>How often the counters are read.</summary>
    internal static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private readonly MeshServer _mesh;
    private readonly RuleStore _store;
    private readonly PodFaults _faults;
    private readonly TimeProvider _time;
    private readonly Func<RolloutPlan, IReplicas?> _replicas;
    private readonly Lock _oneAtATime = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _broken = [];
    private MeshSamples _samples;
    private Task _running = Task.CompletedTask;
    private RolloutRun? _run;
    private RuleSource? _source;
    private DateTimeOffset _startedAt;
    private DateTimeOffset _readAt;

    /// <summary>Makes one.</summary>
    /// <param name="mesh">The mesh.</param>
    /// <param name="store">Where rules are changed.</param>
    /// <param name="faults">Which pods are broken on purpose.</param>
    /// <param name="replicas">The pods of a canary that scales them; null where they cannot be scaled.</param>
    /// <param name="time">The clock.</param>
    internal CanaryRunner(
        MeshServer mesh, RuleStore store, PodFaults faults, Func<RolloutPlan, IReplicas?> replicas, TimeProvider time) =>
        (_mesh, _store, _faults, _replicas, _time, _samples) = (mesh, store, faults, replicas, time, new MeshSamples(mesh));

    /// <summary>Is called each time the canary has been looked at or steered.</summary>
    public event Action? Changed;

    /// <summary>How the canary under way stands, or the last one.</summary>
    internal CanaryState State
    {
        get
        {
            lock (_oneAtATime)
            {
                return new CanaryState(_run is null ? null : StatusReader.Read(_run, _startedAt, _store.TrafficSinceChange()));
            }
        }
    }

    /// <summary>Looks at the canary under way, or the last one, while nothing changes it.</summary>
    /// <param name="read">Is given the canary, and the text that it came from; null for one that came as a plan.</param>
    /// <returns>What was read; the default where there was no canary.</returns>
    public T? Read<T>(Func<RolloutRun, RuleSource?, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        lock (_oneAtATime)
        {
            return _run is null ? default : read(_run, _source);
        }
    }

    /// <summary>Starts a canary that has been planned.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="replicas">Its pods; null for those of the releases that run.</param>
    /// <param name="fewestRequests">How many requests a failed measurement needs; 0 judges exactly as Argo does.</param>
    /// <returns>The canary; null where another one is under way.</returns>
    public RolloutRun? Start(RolloutPlan plan, IReplicas? replicas = null, int fewestRequests = QueryProvider.DefaultFewestRequests)
    {
        ArgumentNullException.ThrowIfNull(plan);
        lock (_oneAtATime)
        {
            return _run is { IsOver: false } ? null : Begin(plan, null, replicas, fewestRequests);
        }
    }

    /// <summary>Starts a canary.</summary>
    /// <param name="source">Argo's Rollout with its AnalysisTemplates; Istio's rules beside them are applied first.</param>
    /// <param name="request">The releases, and how it is judged.</param>
    /// <param name="services">The services there are.</param>
    /// <returns>What is wrong; empty where it has started.</returns>
    /// <exception cref="InvalidOperationException">Another one is under way.</exception>
    internal IReadOnlyList<Problem> Start(RuleSource source, CanaryRequest request, IReadOnlyList<ServiceDescription> services)
    {
        var planning = RolloutPlanner.Plan(RolloutReader.Read(_store.Services.Namespace, source), source.Name, request.From,
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
                var applied = _store.Apply([source], RuleAuthor.Canary);
                if (applied.HasErrors)
                {
                    return applied.Problems;
                }
            }

            Begin(plan, source, null, request.FewestRequests);
        }

        Changed?.Invoke();
        return [];
    }

    /// <summary>Does something with the canary.</summary>
    /// <param name="command">What to do; it gets the time.</param>
    /// <returns>False where there is none.</returns>
    public bool Command(Action<RolloutRun, DateTimeOffset> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        lock (_oneAtATime)
        {
            if (_run is null)
            {
                return false;
            }

            command(_run, _time.GetUtcNow());
            if (_running.IsCompleted && !_run.IsOver)
            {
                _running = RunAsync();
            }
        }

        Changed?.Invoke();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
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

    private RolloutRun Begin(RolloutPlan plan, RuleSource? source, IReplicas? replicas, int fewestRequests)
    {
        _samples = new MeshSamples(_mesh);
        _broken.Clear();
        _startedAt = _time.GetUtcNow();
        _source = source;
        _run = new RolloutRun(plan, new StoreRoutes(new RolloutRules(plan), _store),
            new QueryProvider(_samples.Samples, fewestRequests), replicas ?? (plan.ScalesTheCanary ? _replicas(plan) : null));
        Read(_startedAt);
        _run.Reconcile(_startedAt);
        if (_running.IsCompleted)
        {
            _running = RunAsync();
        }

        return _run;
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Step, _time);
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

                    var now = _time.GetUtcNow();
                    MarkFaults(run, now);
                    if (now - _readAt >= ScrapeInterval)
                    {
                        Read(now);
                    }

                    run.Reconcile(now);
                }

                Changed?.Invoke();
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
        foreach (var pod in _mesh.Pods.Where(pod => pod.Workload.App == run.Plan.Releases.Service))
        {
            var isBroken = _faults.Of(pod.Name).Fault is not null;
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
