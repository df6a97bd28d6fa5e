using Bookinfo.Mesh.Lab.Commands;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>Which pods a Lab runs: each release of the topology that is not optional, and those asked for by name.</summary>
internal static class PodPlan
{
    /// <summary>Plans the pods and gives them their addresses.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="optional">Workloads such as <c>ratings-v-faulty</c> that run although they are optional.</param>
    /// <param name="network">Where the addresses come from.</param>
    /// <exception cref="UserErrorException">There is no such workload.</exception>
    public static IReadOnlyList<PlannedPod> Make(ServiceTopology topology, IReadOnlyCollection<string> optional, PodNetwork network)
    {
        var services = topology.Services.Where(service => !service.NeedsLeaf).ToList();
        CheckNames(services, optional);
        var pods = new List<PlannedPod>();
        for (var k = 0; k < services.Count; k++)
        {
            var service = services[k];
            var count = 0;
            foreach (var release in service.Releases.Where(release => !release.Optional || optional.Contains(service.WorkloadName(release))))
            {
                for (var replica = 1; replica <= release.Replicas; replica++)
                {
                    count++;
                    var address = network.Address(k + 1, count, service.Port);
                    var outbound = service.Calls.Count > 0 || release.CallsOutside is not null ? network.Outbound(k + 1, count) : null;
                    var workload = Workload.Of(service.Name, release.Version, topology.Namespace);
                    pods.Add(new PlannedPod(service, release, new Pod($"{workload.Name}-{replica}", workload, address, outbound)));
                }
            }
        }

        return pods;
    }

    private static void CheckNames(List<BookService> services, IReadOnlyCollection<string> asked)
    {
        var all = services.SelectMany(service => service.Releases.Select(release => (Name: service.WorkloadName(release), release.Optional))).ToList();
        var unknown = asked.FirstOrDefault(name => all.All(workload => workload.Name != name));
        if (unknown is not null)
        {
            var choice = string.Join(", ", all.Where(workload => workload.Optional).Select(workload => workload.Name));
            throw new UserErrorException($"There is no release '{unknown}'. The ones that --with can add are {choice}.", ExitCodes.Usage);
        }
    }
}
