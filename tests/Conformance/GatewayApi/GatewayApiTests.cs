namespace Bookinfo.Tests.Conformance.GatewayApi;

public sealed class GatewayApiTests(GatewayApiMesh mesh) : IClassFixture<GatewayApiMesh>
{
    public static IEnumerable<TheoryDataRow<string>> Rows =>
        GatewayApiCase.Names.Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Case_OnTheRunningMesh_BehavesAsTheGatewayApiAsks(string name) => mesh.RunAsync(GatewayApiCase.Read(name));
}
