using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Lab.Pods;

public sealed class PodSettingsTests : IDisposable
{
    private readonly PodNetwork _network = PodNetwork.Claim();

    public void Dispose() => _network.Dispose();

    [Fact]
    public void Of_Release_TellsItsVersionAndItsOwnSettings()
    {
        var settings = new PodSettings("/data", new Dictionary<string, string>())
            .Of(Pods(BookinfoSystem.Topology).Single(pod => pod.Pod.Workload.Name == "reviews-v3"));

        Assert.Equal("v3", settings["SERVICE_VERSION"]);
        Assert.Equal("red", settings["STAR_COLOR"]);
        Assert.Equal("reviews-v3-1", settings["HOSTNAME"]);
        Assert.EndsWith(":15001", settings["MESH_OUTBOUND"], StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ReplicasOfADatabaseRelease_ShareOneFile()
    {
        var settings = new PodSettings("/data", new Dictionary<string, string>());

        var files = Pods(Replicated()).Select(pod => settings.Of(pod)["RATINGS_DATABASE_FILE"]);

        Assert.Equal("/data/ratings-v2.db", Assert.Single(files.Distinct()));
    }

    [Fact]
    public void Of_SharedSecret_IsTheSameForReplicasAndAnotherInTheNextLab()
    {
        var settings = new PodSettings("/data", new Dictionary<string, string>());
        var pods = Pods(Replicated());

        var secret = Assert.Single(pods.Select(pod => settings.Of(pod)["KEY"]).Distinct());

        Assert.NotEqual(secret, new PodSettings("/data", new Dictionary<string, string>()).Of(pods[0])["KEY"]);
    }

    private IReadOnlyList<LabPod> Pods(ServiceTopology topology) => LabPod.Plan(topology, [], _network);

    private static ServiceTopology Replicated() => new(
    [
        new BookService("ratings", "Ratings", "")
        {
            Releases = [new Release("v2", "") { Replicas = 2, NeedsDatabase = true }],
            SharedSecrets = ["KEY"],
        },
    ]);
}
