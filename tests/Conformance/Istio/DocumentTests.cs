using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Conformance.Istio.Ingresses;
using Bookinfo.Tests.Conformance.Istio.Mirroring;
using Bookinfo.Tests.Conformance.Istio.Routes;
using Bookinfo.Tests.Conformance.Istio.Routing;
using Bookinfo.Tests.Support.Conformance;

namespace Bookinfo.Tests.Conformance.Istio;

public sealed class DocumentTests
{
    private static readonly IReadOnlyList<Suite> Suites =
        [.. RoutingSuites.All, .. MirroringSuites.All, .. RouteSuites.All, .. IngressSuites.All];

    [Fact]
    public void Document_SaysWhatTheSuitesRunAndLeaveOut()
    {
        foreach (var source in Suite.Sources(Suites))
        {
            Assert.Null(ConformanceDocument.Disagreement(source));
        }
    }

    [Fact]
    public void Readme_CarriesTheCount() =>
        Assert.Contains(ConformanceDocument.Sentence(), ConformanceDocument.Readme(), StringComparison.Ordinal);

    [Fact]
    public void Suites_NameEachCaseOnce() => Assert.All(Suites, suite =>
    {
        var names = suite.Rows.Select(row => row.Title).Concat(suite.LeftOut.SelectMany(group => group.Names)).ToList();
        Assert.Equal(names.Distinct(), names);
    });
}
