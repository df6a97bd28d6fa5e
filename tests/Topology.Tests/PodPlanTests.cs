using Bookinfo.Topology;

namespace Bookinfo.Tests.Topology;

public sealed class PodPlanTests
{
    private static readonly ServiceTopology System = new(
    [
        new BookService("page", "Page", "") { Releases = [new("v1", "")], Calls = ["books"] },
        new BookService("books", "Books", "")
        {
            Releases = [new("v1", "") { Replicas = 2 }, new("v-slow", "") { Optional = true },
                new("v2", "") { CallsOutside = "example.com" }],
        },
    ]);

    [Fact]
    public void Make_NothingAskedFor_RunsEachReleaseThatIsNotOptional() =>
        Assert.Equal(["page-v1 1", "books-v1 1", "books-v1 2", "books-v2 1"], Names(PodPlan.Make(System, [])));

    [Fact]
    public void Make_OptionalReleaseAskedFor_RunsItInItsPlace() =>
        Assert.Equal(["page-v1 1", "books-v1 1", "books-v1 2", "books-v-slow 1", "books-v2 1"],
            Names(PodPlan.Make(System, ["books-v-slow"])));

    [Fact]
    public void Make_ReplicasAskedFor_RunsThatMany() =>
        Assert.Equal(["books-v2 1", "books-v2 2"],
            Names(PodPlan.Make(System, [], new Dictionary<string, int> { ["page-v1"] = 0, ["books-v1"] = 0, ["books-v2"] = 2 })));

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public void Make_ReplicasOutOfRange_NamesTheWorkload(int replicas)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            PodPlan.Make(System, [], new Dictionary<string, int> { ["books-v2"] = replicas }));

        Assert.Equal("books-v2", error.ParamName);
    }

    [Fact]
    public void Make_UnknownRelease_NamesThoseThereAre()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => PodPlan.Make(System, ["books-v9"]));

        Assert.Equal("There is no release 'books-v9'; there are page-v1, books-v1, books-v-slow, books-v2.", error.Message);
    }

    [Fact]
    public void CallsOthers_ServiceOrReleaseThatCalls_IsTrue() =>
        Assert.Equal(["page-v1", "books-v2"], PodPlan.Make(System, []).Where(pod => pod.CallsOthers).Select(pod => pod.Workload));

    private static IEnumerable<string> Names(IEnumerable<PlannedPod> pods) => pods.Select(pod => $"{pod.Workload} {pod.Replica}");
}
