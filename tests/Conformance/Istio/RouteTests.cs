using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Istio.Routes;

namespace Bookinfo.Tests.Conformance.Istio;

public sealed class RouteTests(RouteTests.Running running) : IClassFixture<RouteTests.Running>
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => Table.Of(RouteSuites.All);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Case_OnTheRunningMesh_BehavesAsOnIstio(string suite, string row) =>
        running.Mesh.RunAsync(Table.Find(RouteSuites.All, suite, row));

    public sealed class Running() : RunningMesh(RouteSuites.StartAsync);
}
