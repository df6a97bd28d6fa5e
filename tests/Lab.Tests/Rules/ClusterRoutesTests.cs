using Bookinfo.Mesh.Lab.Checking;
using Bookinfo.Mesh.Lab.Testing;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Offline;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Lab.Rules;

/// <summary>The routes that <c>infra/Cluster</c> renders for Linkerd run in the Lab as they are.</summary>
public sealed class ClusterRoutesTests
{
    private static readonly string Folder = Repository.PathOf("infra", "manifests", "kind-linkerd");

    [Fact]
    public void Routes_Checked_HaveNoProblems() =>
        Assert.Empty(RuleCheck.Run(new CheckRequest { Paths = [Folder], Namespace = "bookinfo" }).Problems);

    [Theory]
    [InlineData("productpage", "http://reviews:9080/reviews/0", "reviews-v1 90, reviews-v3 10")]
    [InlineData("productpage", "http://details:9080/details/0", "details-v1 100")]
    [InlineData("reviews-v2", "http://ratings:9080/ratings/0", "ratings-v1 100")]
    [InlineData("gateway", "http://bookinfo.example.com/productpage", "productpage-v1 100")]
    [InlineData("gateway", "http://bookinfo.example.com/api/v1/products/0", "productpage-v1 100")]
    public void Routes_InForce_LeadByTheirWeights(string caller, string url, string destinations)
    {
        var cluster = new KnownCluster("bookinfo", withBase: true, recursive: false).Read([Folder]);
        Assert.Empty(cluster.Problems);

        var explanation = OfflineMesh.Compile(cluster.Options, cluster.Rules).Explain(caller, new SampleRequest
        {
            Authority = new Uri(url).Authority,
            Path = new Uri(url).AbsolutePath,
        });

        Assert.Equal(destinations, string.Join(", ", explanation.Destinations.Select(destination =>
            $"{destination.Service.Split('.')[0]} {destination.Percent:0}")));
    }
}
