using Bookinfo.Mesh.Lab.Commands;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class PodPlanTests : IDisposable
{
    private readonly PodNetwork _network = PodNetwork.Claim();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Make_NothingAskedFor_RunsEachReleaseThatIsNotOptional()
    {
        var expected = BookinfoSystem.Topology.Services.Where(service => !service.NeedsLeaf)
            .SelectMany(service => service.Releases.Where(release => !release.Optional).Select(service.WorkloadName));

        var pods = PodPlan.Make(BookinfoSystem.Topology, [], _network);

        Assert.Equal(expected, pods.Select(planned => planned.Pod.Workload.Name));
    }

    [Fact]
    public void Make_OptionalReleaseAskedFor_RunsItToo()
    {
        var pods = PodPlan.Make(BookinfoSystem.Topology, ["ratings-v-faulty"], _network);

        var faulty = Assert.Single(pods, planned => planned.Pod.Workload.Version == "v-faulty");
        Assert.Equal("ratings-v-faulty-1", faulty.Pod.Name);
    }

    [Fact]
    public void Make_UnknownRelease_NamesThoseThatCanBeAdded()
    {
        var e = Assert.Throws<UserErrorException>(() => PodPlan.Make(BookinfoSystem.Topology, ["ratings-v9"], _network));

        Assert.Equal(ExitCodes.Usage, e.ExitCode);
        Assert.Contains("ratings-v9", e.Message, StringComparison.Ordinal);
        Assert.Contains("ratings-v-faulty", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_Replicas_HaveAnAddressEach()
    {
        var topology = new ServiceTopology([new BookService("ratings", "Ratings", "") { Releases = [new Release("v1", "") { Replicas = 3 }] }]);

        var pods = PodPlan.Make(topology, [], _network);

        Assert.Equal(["ratings-v1-1", "ratings-v1-2", "ratings-v1-3"], pods.Select(planned => planned.Pod.Name));
        Assert.Equal(3, pods.Select(planned => planned.Pod.Address).Distinct().Count());
    }

    [Fact]
    public void Make_ServiceThatCallsNobody_HasNoOutboundListener()
    {
        var pods = PodPlan.Make(BookinfoSystem.Topology, [], _network);

        Assert.All(pods, planned => Assert.Equal(planned.Service.Calls.Count > 0, planned.Pod.Outbound is not null));
    }
}
