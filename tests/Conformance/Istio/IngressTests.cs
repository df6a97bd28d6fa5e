using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Istio.Ingresses;

namespace Bookinfo.Tests.Conformance.Istio;

public sealed class IngressTests(IngressTests.Running running) : IClassFixture<IngressTests.Running>
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => Table.Of(IngressSuites.All);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Case_OnTheRunningMesh_BehavesAsOnIstio(string suite, string row) =>
        running.Mesh.RunAsync(Table.Find(IngressSuites.All, suite, row));

    public sealed class Running() : RunningMesh(IngressSuites.StartAsync);
}
