using System.Net;
using Bookinfo.Mesh.ServiceNetwork.Balancing;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.ServiceNetwork.Balancing;

public sealed class BalancerTests
{
    private static readonly IPEndPoint[] Three = [.. Enumerable.Range(1, 3).Select(i => new IPEndPoint(IPAddress.Loopback, i))];
    private static readonly IPAddress Client = IPAddress.Parse("127.0.0.7");

    [Fact]
    public void Pick_ThreeEndpoints_EachHasAThird()
    {
        var balancer = new RandomBalancer(new Random(1));

        var counts = Enumerable.Range(0, 9000).Select(_ => balancer.Pick(Three, Client)).CountBy(endpoint => endpoint).ToList();

        // 3,000 and four standard deviations of a binomial with p = 1/3, which is 44.7.
        Assert.Equal(3, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 2821, 3179));
    }

    [Fact]
    public void Pick_KnownClient_ComesBack()
    {
        var (balancer, clock) = Affinity(TimeSpan.FromSeconds(10));
        var first = balancer.Pick(Three, Client);

        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(first, balancer.Pick(Three, Client));
        }
    }

    [Fact]
    public void Pick_KnownClientAfterItsTime_IsDrawnAnew()
    {
        var (balancer, clock) = Affinity(TimeSpan.FromSeconds(10));

        var picked = Enumerable.Range(0, 50).Select(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(10.001));
            return balancer.Pick(Three, Client);
        });

        Assert.Equal(3, picked.Distinct().Count());
    }

    [Fact]
    public void Pick_EndpointOfTheClientGone_AnotherTakesItsPlaceForGood()
    {
        var (balancer, _) = Affinity(TimeSpan.FromSeconds(10));
        var first = balancer.Pick(Three, Client);
        IPEndPoint[] rest = [.. Three.Where(endpoint => !endpoint.Equals(first))];

        var second = balancer.Pick(rest, Client);

        Assert.NotEqual(first, second);
        Assert.Equal(second, balancer.Pick(Three, Client));
    }

    [Fact]
    public void Set_OtherEndpoints_ClientsStayKnown()
    {
        var backends = new PortBackends(new RandomBalancer(new Random(1)), new ManualClock());
        backends.Set(Three[..1], TimeSpan.FromSeconds(10));
        backends.Pick(Client);

        backends.Set(Three, TimeSpan.FromSeconds(10));

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(Three[0], backends.Pick(Client)));
    }

    [Fact]
    public void Pick_NoEndpoint_Null() =>
        Assert.Null(new PortBackends(new RandomBalancer(new Random(1)), new ManualClock()).Pick(Client));

    private static (ClientAffinity Balancer, ManualClock Clock) Affinity(TimeSpan timeout)
    {
        var clock = new ManualClock();
        return (new ClientAffinity(new RandomBalancer(new Random(1)), timeout, clock), clock);
    }
}
