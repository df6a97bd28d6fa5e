using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.LoadBalancing;

public sealed class HashTableTests
{
    private const int Keys = 20_000;

    private static IHashTable Table(string kind, UpstreamHost[] hosts) =>
        kind == "ring" ? new HashRing(hosts, 1024) : new MaglevTable(hosts, 65537);

    private static ulong Key(int i) => XxHash64.Of($"user-{i}");

    [Theory]
    [InlineData("ring")]
    [InlineData("maglev")]
    public void Find_SameKey_SameHostInTablesMadeApart(string kind)
    {
        var (one, other) = (Table(kind, Hosts.Make(4)), Table(kind, Hosts.Make(4)));

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(one.Find(Key(i))!.Endpoint.Address, other.Find(Key(i))!.Endpoint.Address));
    }

    [Theory]
    [InlineData("ring", 0.35)]
    [InlineData("maglev", 0.03)]
    public void Find_ManyKeys_SpreadOverAllHosts(string kind, double tolerance)
    {
        var hosts = Hosts.Make(4);
        var table = Table(kind, hosts);
        var counts = Enumerable.Range(0, Keys).GroupBy(i => table.Find(Key(i))).ToDictionary(group => group.Key!, group => group.Count());

        Assert.All(hosts, host => Assert.InRange(counts[host], Keys / 4 * (1 - tolerance), Keys / 4 * (1 + tolerance)));
    }

    [Theory]
    [InlineData("ring")]
    [InlineData("maglev")]
    public void Find_OneHostGone_FewOtherKeysMove(string kind)
    {
        var hosts = Hosts.Make(4);
        var all = Table(kind, hosts);
        var fewer = Table(kind, hosts[..3]);
        var moved = Enumerable.Range(0, Keys).Count(i => all.Find(Key(i)) != hosts[3] && all.Find(Key(i)) != fewer.Find(Key(i)));

        // Plain modulo would move half of them and more; a ring of a minimum size gives each host more points when there are fewer.
        Assert.InRange(moved, 0, Keys / 6);
    }
}
