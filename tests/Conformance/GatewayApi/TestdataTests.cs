using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Conformance.GatewayApi;

/// <summary>
/// What istiod makes of resources of the Gateway API, and what the mesh makes of them, compared in what requests see, and in the status.
/// </summary>
public sealed class TestdataTests
{
    public static IEnumerable<TheoryDataRow<string>> Rows =>
        TestdataCase.Names.Select(name => new TheoryDataRow<string>(name) { TestDisplayName = name });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Resources_RequestsGoAsUnderIstiodsRoutes(string name)
    {
        var row = TestdataCase.Read(name);
        var differences = TestdataCluster.Compare(row.Routes, row.Resources);
        Assert.True(differences.AreEquivalent, string.Join('\n', differences.Differences.Select(TestdataCluster.Describe)
            .Concat(differences.Undecided.Select(each => $"undecided: {each.Reason}"))));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Resources_StatusIsIstiods(string name)
    {
        var row = TestdataCase.Read(name);
        var statuses = TestdataCluster.Translate(row.Resources).Statuses.ToDictionary(
            status => $"{status.Resource.Kind}/{status.Resource.Namespace}/{status.Resource.Name}", TestdataCluster.Lines);
        Assert.All(row.Status, status => Assert.Equal($"{status.Key}\n{string.Join('\n', status.Value)}",
            $"{status.Key}\n{string.Join('\n', statuses.GetValueOrDefault(status.Key, []))}"));
    }

    /// <summary>The comparison tells each of these apart, or the rows above would say nothing.</summary>
    [Theory]
    [InlineData("prefix: /get", "prefix: /got")]
    [InlineData("exact: some-value", "exact: other-value")]
    [InlineData("first.domain.example", "third.domain.example")]
    [InlineData("host: httpbin-second.default.svc.domain.suffix", "host: httpbin-other.default.svc.domain.suffix")]
    [InlineData("redirectCode: 302", "redirectCode: 301")]
    [InlineData("authority: new.example.com", "authority: old.example.com")]
    [InlineData("percentage: {value: 80}", "percentage: {value: 81}")]
    [InlineData("attempts: 3", "attempts: 4")]
    public void Golden_Changed_Differs(string was, string changed)
    {
        var row = TestdataCase.Read("http");
        Assert.Contains(was, row.Routes, StringComparison.Ordinal);
        var golden = row.Routes.Replace(was, changed, StringComparison.Ordinal);
        Assert.NotEmpty(TestdataCluster.Compare(golden, row.Resources).Differences);
    }

    [Fact]
    public void Document_SaysWhatRunsAndWhatIsLeftOut() => Assert.Null(ConformanceDocument.Disagreement(TestdataDocument.Source));

    [Fact]
    public void Document_NamesEachFileOnce() => Assert.Distinct(
        TestdataCase.Names.Concat(TestdataDocument.Source.Functions.SelectMany(function => function.LeftOut)
            .SelectMany(group => group.Names)));
}
