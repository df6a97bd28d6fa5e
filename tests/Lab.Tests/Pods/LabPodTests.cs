using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class LabPodTests : IDisposable
{
    private readonly PodNetwork _network = PodNetwork.Claim();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Plan_OptionalReleaseAskedFor_RunsItToo()
    {
        var pods = LabPod.Plan(BookinfoSystem.Topology, ["ratings-v-faulty"], _network);

        var faulty = Assert.Single(pods, pod => pod.Pod.Workload.Version == "v-faulty");
        Assert.Equal("ratings-v-faulty-1", faulty.Pod.Name);
    }

    [Fact]
    public void Plan_UnknownRelease_NamesThoseThatCanBeAdded()
    {
        var e = Assert.Throws<UserErrorException>(() => LabPod.Plan(BookinfoSystem.Topology, ["ratings-v9"], _network));

        Assert.Equal(ExitCodes.Usage, e.ExitCode);
        Assert.Contains("ratings-v9", e.Message, StringComparison.Ordinal);
        Assert.Contains("ratings-v-faulty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Replicas_HaveAnAddressEach()
    {
        var topology = new ServiceTopology(
            [new BookService("ratings", "Ratings", "") { Releases = [new Release("v1", "") { Replicas = 3 }] }]);

        var pods = LabPod.Plan(topology, [], _network);

        Assert.Equal(["ratings-v1-1", "ratings-v1-2", "ratings-v1-3"], pods.Select(pod => pod.Pod.Name));
        Assert.Equal(3, pods.Select(pod => pod.Pod.Address).Distinct().Count());
    }

    [Fact]
    public void Plan_ServiceThatCallsNobody_HasNoOutboundListener()
    {
        var pods = LabPod.Plan(BookinfoSystem.Topology, [], _network);

        Assert.All(pods, pod => Assert.Equal(pod.Planned.Service.Calls.Count > 0, pod.Pod.Outbound is not null));
    }
}
