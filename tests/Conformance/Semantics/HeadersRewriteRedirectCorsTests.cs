using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

public sealed class HeadersRewriteRedirectCorsTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements = [.. HeaderRows.All, .. RewriteRows.All, .. RedirectRows.All, .. CorsRows.All];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Changes_OnTheRunningMesh_AreMadeAsByEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));
}
