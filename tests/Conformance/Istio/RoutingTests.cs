using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Istio.Routing;

namespace Bookinfo.Tests.Conformance.Istio;

public sealed class RoutingTests(RoutingTests.Running running) : IClassFixture<RoutingTests.Running>
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => Table.Of(RoutingSuites.All);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Case_OnTheRunningMesh_BehavesAsOnIstio(string suite, string row) =>
        running.Mesh.RunAsync(Table.Find(RoutingSuites.All, suite, row));

    public sealed class Running() : RunningMesh(RoutingSuites.StartAsync);
}
