using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Tests.Istio.Names;

public sealed class HostNamesTests
{
    [Theory]
    [InlineData("reviews", "reviews.prod.svc.cluster.local")]
    [InlineData("Reviews", "reviews.prod.svc.cluster.local")]
    [InlineData("reviews.prod", "reviews.prod")]
    [InlineData("*.example.com", "*.example.com")]
    [InlineData("*", "*")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    public void Full_OnlyNamesWithoutADot_Expanded(string host, string expected) =>
        Assert.Equal(expected, HostNames.Full(host, "prod", "cluster.local"));

    [Theory]
    [InlineData("a.example.com", "*.example.com", true)]
    [InlineData("*.b.example.com", "*.example.com", true)]
    [InlineData("*.example.com", "*.b.example.com", false)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("a", "*", true)]
    [InlineData("*", "a", false)]
    [InlineData("A.b", "a.B", true)]
    public void IsWithin_AsIstiosSubsetOf(string inner, string outer, bool expected) =>
        Assert.Equal(expected, HostNames.IsWithin(inner, outer));

    [Theory]
    [InlineData("mesh", "mesh")]
    [InlineData("gw", "prod/gw")]
    [InlineData("./gw", "prod/gw")]
    [InlineData("other/gw", "other/gw")]
    [InlineData("gw.other", "other/gw")]
    [InlineData("gw.other.svc.cluster.local", "other/gw")]
    public void Gateway_PlainName_OfTheRulesNamespace(string name, string expected) =>
        Assert.Equal(expected, GatewayNames.Full(name, "prod"));

    [Theory]
    [InlineData("reviews.prod.svc.cluster.local",
        "reviews.prod.svc.cluster.local reviews.prod.svc.cluster.local. reviews.prod reviews.prod.svc reviews")]
    [InlineData("reviews.test.svc.cluster.local",
        "reviews.test.svc.cluster.local reviews.test.svc.cluster.local. reviews.test reviews.test.svc")]
    [InlineData("example.org", "example.org example.org.")]
    [InlineData("10.0.0.1", "10.0.0.1")]
    public void Domains_OfAHost_ShortFormsOfWhatIsNamedLikeAService(string host, string expected) =>
        Assert.Equal(expected.Split(' '), HostNames.Domains(host, "prod", "cluster.local"));
}
