using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>A pod of the Lab.</summary>
/// <param name="Planned">What it is a copy of.</param>
/// <param name="Pod">Its name and addresses.</param>
internal sealed record LabPod(PlannedPod Planned, Pod Pod)
{
    /// <summary>Plans the pods and gives them their addresses.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="optional">Workloads such as <c>ratings-v-faulty</c> that run although they are optional.</param>
    /// <param name="network">Where the addresses come from.</param>
    /// <exception cref="UserErrorException">There is no such workload.</exception>
    public static IReadOnlyList<LabPod> Plan(ServiceTopology topology, IReadOnlyCollection<string> optional, PodNetwork network)
    {
        try
        {
            return
            [
                .. PodPlan.Make(topology, optional).GroupBy(planned => planned.Service)
                    .SelectMany((pods, service) => pods.Select((planned, pod) =>
                    At(planned, topology.Namespace, network, service + 1, pod + 1))),
            ];
        }
        catch (KeyNotFoundException unknown)
        {
            throw new UserErrorException(unknown.Message, ExitCodes.Usage);
        }
    }

    private static LabPod At(PlannedPod planned, string @namespace, PodNetwork network, int service, int pod)
    {
        var address = network.Address(service, pod, planned.Service.Port);
        var outbound = planned.CallsOthers ? network.Outbound(service, pod) : null;
        var workload = Workload.Of(planned.Service.Name, planned.Release.Version, @namespace);
        return new LabPod(planned, new Pod($"{workload.Name}-{planned.Replica}", workload, address, outbound));
    }
}
