using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.LoadBalancing;

public sealed class BalancerTests
{
    [Fact]
    public void Pick_RoundRobin_OneAfterTheOther()
    {
        var hosts = Hosts.Make(3);
        var balancer = new RoundRobinBalancer(hosts, new RoundRobinPosition());

        Assert.Equal([hosts[0], hosts[1], hosts[2], hosts[0]], Enumerable.Range(0, 4).Select(_ => balancer.Pick(Hosts.Nobody())!));
    }

    [Fact]
    public void Pick_RoundRobinUnderNewRules_GoesOnWhereItWas()
    {
        var hosts = Hosts.Make(3);
        var position = new RoundRobinPosition();
        new RoundRobinBalancer(hosts, position).Pick(Hosts.Nobody());

        Assert.Same(hosts[1], new RoundRobinBalancer(hosts, position).Pick(Hosts.Nobody()));
    }

    [Fact]
    public void Pick_LeastRequest_TheBetterOfTwo()
    {
        var hosts = Hosts.Make(3);
        hosts[0].Begin();

        Assert.Same(hosts[2], new LeastRequestBalancer(hosts, new ScriptedRandomness(0, 2)).Pick(Hosts.Nobody()));
        Assert.Same(hosts[2], new LeastRequestBalancer(hosts, new ScriptedRandomness(2, 0)).Pick(Hosts.Nobody()));
        Assert.Same(hosts[1], new LeastRequestBalancer(hosts, new ScriptedRandomness(1, 2)).Pick(Hosts.Nobody()));
    }

    [Fact]
    public void Pick_Nobody_Null()
    {
        Assert.Null(new RoundRobinBalancer([], new RoundRobinPosition()).Pick(Hosts.Nobody()));
        Assert.Null(new LeastRequestBalancer([], Randomness.Shared).Pick(Hosts.Nobody()));
        Assert.Null(new RandomBalancer([], Randomness.Shared).Pick(Hosts.Nobody()));
        Assert.Null(new HashRing([], 1024).Find(1));
        Assert.Null(new MaglevTable([], 11).Find(1));
    }

    [Theory]
    [InlineData(0, 1, 10)]
    [InlineData(50, 1, 50)]
    [InlineData(25, 2, 50)]
    [InlineData(100, 1, 100)]
    [InlineData(250, 1, 100)]
    public void WeightOf_Age_RisesToTheFullShare(int seconds, double aggression, double expected)
    {
        var time = new FakeTimeProvider();
        var host = Hosts.Make(1, time.GetUtcNow())[0];
        var balancer = new WarmUpBalancer(
            new RandomBalancer([host], Randomness.Shared),
            new WarmupConfiguration { Duration = TimeSpan.FromSeconds(100), Aggression = aggression }, Randomness.Shared, time);
        time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, balancer.WeightOf(host), 3);
    }

    /// <summary>
    /// 10,000 picks with a fixed seed: a host at 10 % beside one at 100 % gets 1/11; five standard deviations are 0.0144.
    /// </summary>
    [Fact]
    public void Pick_OneHostWarmingUp_GetsItsPart()
    {
        var time = new FakeTimeProvider();
        UpstreamHost[] hosts = [Hosts.Make(1, time.GetUtcNow())[0], Hosts.Make(2, time.GetUtcNow() - TimeSpan.FromHours(1))[1]];
        var randomness = Randomness.Seeded(5);
        var balancer = new WarmUpBalancer(new RandomBalancer(hosts, randomness),
            new WarmupConfiguration { Duration = TimeSpan.FromMinutes(1) }, randomness, time);
        var cold = Enumerable.Range(0, 10_000).Count(_ => balancer.Pick(Hosts.Nobody()) == hosts[0]);

        Assert.InRange(cold / 10_000.0, (1 / 11.0) - 0.0144, (1 / 11.0) + 0.0144);
    }
}
