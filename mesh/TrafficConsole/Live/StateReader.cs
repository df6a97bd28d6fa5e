using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Faults;
using Bookinfo.Mesh.TrafficConsole.Load;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;

namespace Bookinfo.Mesh.TrafficConsole.Live;

/// <summary>Puts together what the page shows, from the mesh, the rules, the pods and the load. Called by one at a time.</summary>
internal sealed class StateReader(ConsoleOptions options, PodFaults faults, LoadGenerator load, CanaryRunner canary)
{
    private readonly TrafficWindow _window = new(TimeSpan.FromSeconds(30));

    /// <summary>How things stand now.</summary>
    public ConsoleState Read()
    {
        var mesh = options.Mesh;
        var ((rules, problems), inForce) = options.Rules.Active;
        var counts = mesh.Traffic();
        var reached = mesh.Pods.ToDictionary(pod => pod.Name, pod => options.PodControl?.ReachedBy(pod.Name) ?? 0);
        var (recent, reachedRecently, seconds) = _window.Slide(counts, reached, inForce.Since);
        return new ConsoleState(
            inForce.Revision,
            inForce.Since,
            problems.Count(problem => problem.Severity == Severity.Warning),
            [.. options.Services.Select(service => Service(service, rules))],
            Edges(recent, seconds, options.Rules.TrafficSinceChange(), Math.Max(1, (counts.At - inForce.Since).TotalSeconds)),
            Pods(mesh, reachedRecently),
            options.Rules.History,
            load.Status,
            canary.State.Canary);
    }

    private ServiceState Service(ServiceDescription service, RuleSet rules)
    {
        var shift = new TrafficShift(service.Name, options.Rules.Services);
        var rule = rules.VirtualServices.FirstOrDefault(shift.IsForService);
        return new ServiceState(
            service.Name,
            rule is null ? null : $"{rule.Metadata.Namespace ?? options.Rules.Services.Namespace}/{rule.Name}",
            shift.Asked(rules)?.Shares,
            rule is null ? [] : [.. RuleWords.Matches(rule)],
            rule is null ? [] : [.. RuleWords.Actions(rule)],
            ResiliencePatterns.Of(rules, shift),
            options.CallersOf(service.Name) is { Count: > 0 } callers ? options.PodControl?.HaveResilience(callers) : null);
    }

    private static List<EdgeState> Edges(TrafficSnapshot recent, double recentSeconds, TrafficSnapshot since, double seconds)
    {
        var now = recent.Entries.ToDictionary(entry => entry.Key);
        var totals = since.Entries.GroupBy(entry => entry.Route)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Requests));
        var recentTotals = recent.Entries.GroupBy(entry => entry.Route)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Requests));
        return
        [
            .. since.Entries.Select(entry => new EdgeState(
                entry.Caller,
                entry.DestinationServiceName,
                entry.Release,
                Figures(now.GetValueOrDefault(entry.Key), recentTotals.GetValueOrDefault(entry.Route), recentSeconds),
                Figures(entry, totals[entry.Route], seconds))),
        ];
    }

    private static TrafficFigures Figures(TrafficEntry? entry, long total, double seconds)
    {
        var requests = entry?.Requests ?? 0;
        var interval = ConfidenceInterval.Wilson(requests, Math.Max(total, requests));
        return new TrafficFigures(
            requests,
            Math.Round(requests / seconds, 1),
            total == 0 ? 0 : (double)requests / total,
            interval.Low,
            interval.High,
            entry?.Errors ?? 0,
            entry?.ResponseFlags ?? new Dictionary<string, long>(),
            entry?.P50?.TotalMilliseconds,
            entry?.P99?.TotalMilliseconds);
    }

    private List<PodState> Pods(MeshServer mesh, IReadOnlyDictionary<string, long> reached)
    {
        var ejections = mesh.Endpoints()
            .Where(endpoint => endpoint.IsEjected)
            .ToLookup(endpoint => endpoint.Pod, endpoint => endpoint.Caller);
        return
        [
            .. mesh.Pods.Select(pod => new PodState(
                pod.Name,
                pod.Workload.App,
                pod.Workload.Version,
                faults.Of(pod.Name).IsUp,
                faults.Of(pod.Name).Fault,
                [.. ejections[pod.Name].Distinct()],
                options.PodControl is null ? null : reached[pod.Name])),
        ];
    }
}
