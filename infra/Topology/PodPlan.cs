namespace Bookinfo.Topology;

/// <summary>A pod to run: one copy of a release.</summary>
/// <param name="Service">The service that it belongs to.</param>
/// <param name="Release">The release of that service.</param>
/// <param name="Replica">Its number among the pods of the release, from 1.</param>
public sealed record PlannedPod(BookService Service, Release Release, int Replica)
{
    /// <summary>The name of its workload, for example <c>reviews-v2</c>.</summary>
    public string Workload => Service.WorkloadName(Release);

    /// <summary>Whether it calls other services, and so needs a way out through the mesh.</summary>
    public bool CallsOthers => Service.Calls.Count > 0 || Release.CallsOutside is not null;
}

/// <summary>Which pods run on one machine: each release that is not optional, and the optional ones that are asked for.</summary>
public static class PodPlan
{
    /// <summary>The most pods that a release can have on one machine.</summary>
    public const int MaxReplicas = 20;

    /// <summary>Plans the pods, in the order of the topology.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="optional">Workloads such as <c>ratings-v-faulty</c> that run although they are optional.</param>
    /// <param name="replicas">The number of pods by workload, from 0 to <see cref="MaxReplicas"/>, where it differs from
    /// <see cref="Release.Replicas"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such workload; the message names those there are.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of pods is below 0 or above <see cref="MaxReplicas"/>.</exception>
    public static IReadOnlyList<PlannedPod> Make(
        ServiceTopology topology, IReadOnlyCollection<string> optional, IReadOnlyDictionary<string, int>? replicas = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(optional);
        replicas ??= new Dictionary<string, int>();
        CheckWorkloads(topology, optional.Concat(replicas.Keys));
        foreach (var (workload, count) in replicas)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, workload);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxReplicas, workload);
        }

        return
        [
            .. from service in topology.Services
               from release in service.Releases
               let workload = service.WorkloadName(release)
               where !release.Optional || optional.Contains(workload)
               from replica in Enumerable.Range(1, replicas.GetValueOrDefault(workload, release.Replicas))
               select new PlannedPod(service, release, replica),
        ];
    }

    private static void CheckWorkloads(ServiceTopology topology, IEnumerable<string> names)
    {
        var known = topology.Services.SelectMany(service => service.Releases.Select(service.WorkloadName)).ToList();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new KeyNotFoundException($"There is no release '{unknown}'; there are {string.Join(", ", known)}.");
        }
    }
}
