using Bookinfo.Mesh.Proxy.Routing;
using Bookinfo.Mesh.Proxy.VirtualHosts;

namespace Bookinfo.Tests.Proxy.VirtualHosts;

public sealed class VirtualHostTableTests
{
    private static VirtualHostTable Table(params (string Domain, int Port)[] domains)
    {
        var table = new VirtualHostTable();
        foreach (var (domain, port) in domains)
        {
            table.TryAdd(domain, new VirtualHost($"{domain}:{port}", port, new RouteTable([])));
        }

        return table;
    }

    [Theory]
    [InlineData("reviews", "reviews:9080")]
    [InlineData("Reviews:9080", "reviews:9080")]
    [InlineData("reviews:12345", "reviews:9080")]
    [InlineData("a.example.com", "*.example.com:0")]
    [InlineData("a.b.example.com", "*.b.example.com:0")]
    [InlineData("www.elsewhere", "www.*:0")]
    [InlineData("www.example.com", "*.example.com:0")]
    [InlineData("nobody", "*:0")]
    [InlineData(".example.com", "*:0")]
    [InlineData("[::1]:80", "*:0")]
    public void Find_ExactThenLongestSuffixThenPrefixThenAny(string authority, string expected)
    {
        var table = Table(("reviews", 9080), ("*.example.com", 0), ("*.b.example.com", 0), ("www.*", 0), ("*", 0));

        Assert.Equal(expected, table.Find(authority)!.Name);
    }

    [Fact]
    public void Find_NobodyHasTheHost_Null() => Assert.Null(Table(("reviews", 9080)).Find("ratings"));

    [Fact]
    public void Find_SeveralPortsOfOneName_ThePortDecides()
    {
        var table = Table(("reviews", 9080), ("reviews", 9081));

        Assert.Equal("reviews:9081", table.Find("reviews:9081")!.Name);
        Assert.Equal("reviews:9080", table.Find("reviews")!.Name);
    }

    [Fact]
    public void TryAdd_DomainThatIsTaken_FirstStays()
    {
        var table = Table(("reviews", 9080), ("*.a", 0), ("*", 0));

        Assert.False(table.TryAdd("REVIEWS", new VirtualHost("second", 9080, new RouteTable([]))));
        Assert.False(table.TryAdd("*.A", new VirtualHost("second", 0, new RouteTable([]))));
        Assert.False(table.TryAdd("*", new VirtualHost("second", 0, new RouteTable([]))));
    }
}
