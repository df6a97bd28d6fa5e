using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Istio.Mirroring;

namespace Bookinfo.Tests.Conformance.Istio;

public sealed class MirroringTests(MirroringTests.Running running) : IClassFixture<MirroringTests.Running>
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => Table.Of(MirroringSuites.All);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Case_OnTheRunningMesh_BehavesAsOnIstio(string suite, string row) =>
        running.Mesh.RunAsync(Table.Find(MirroringSuites.All, suite, row));

    public sealed class Running() : RunningMesh(MirroringSuites.StartAsync);
}
