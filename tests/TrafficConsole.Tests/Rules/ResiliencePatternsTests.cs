using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.TrafficConsole.Rules;

public sealed class ResiliencePatternsTests
{
    private static readonly TrafficShift Ratings = new("ratings", new KnownServices("default", "cluster.local", ["ratings"]));

    private static readonly RuleSet Start = RuleReader.Read(new RuleSource("rules.yaml", """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: ratings}
        spec:
          hosts: [ratings]
          http:
          - match:
            - headers: {end-user: {exact: jason}}
            directResponse: {status: 418}
          - route:
            - destination: {host: ratings, subset: v1}
            timeout: 3s
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: ratings}
        spec:
          host: ratings.default.svc.cluster.local
          trafficPolicy:
            loadBalancer: {simple: RANDOM}
          subsets:
          - name: v1
            labels: {version: v1}
        """)).Rules;

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public void Apply_Patterns_AreThoseThenInForce(bool retries, bool breaker, bool bulkhead)
    {
        var patterns = new ResiliencePatterns(retries, breaker, bulkhead);
        var after = Over(Start, patterns.Apply(Start, Ratings));

        Assert.Equal(patterns, ResiliencePatterns.Of(after, Ratings));
        Assert.Equal(new ResiliencePatterns(false, false, false), ResiliencePatterns.Of(Over(after, None.Apply(after, Ratings)), Ratings));
    }

    [Fact]
    public void Apply_EveryPattern_LeavesTheRestOfTheRulesAsItIs()
    {
        var after = Over(Start, new ResiliencePatterns(true, true, true).Apply(Start, Ratings));

        var routes = after.VirtualServices.Single().Http;
        Assert.Null(routes[0].Retries);
        Assert.Equal(TimeSpan.FromSeconds(3), routes[1].Timeout);
        Assert.Equal(2, routes[1].Retries!.Attempts);
        var destination = after.DestinationRules.Single();
        Assert.Equal("v1", destination.Subsets.Single().Name);
        Assert.NotNull(destination.TrafficPolicy!.LoadBalancer);
        Assert.Equal(10, destination.TrafficPolicy.ConnectionPool!.Tcp!.MaxConnections);
    }

    [Fact]
    public void Apply_RulesHaveFiguresOfTheirOwn_KeepsThem()
    {
        var own = Start with
        {
            VirtualServices = [.. Start.VirtualServices.Select(rule => rule with
            {
                Http = [.. rule.Http.Select(route =>
                    route.Route.Count == 0 ? route : route with { Retries = new HttpRetry { Attempts = 7 } })],
            }),
            ],
        };

        var after = Over(own, new ResiliencePatterns(true, true, false).Apply(own, Ratings));

        Assert.Equal(7, after.VirtualServices.Single().Http[1].Retries!.Attempts);
    }

    [Fact]
    public void Apply_NoRulesForTheService_MakesThem()
    {
        var after = new ResiliencePatterns(true, true, true).Apply(RuleSet.Empty, Ratings);

        Assert.Equal("ratings", after.VirtualServices.Single().Hosts.Single());
        Assert.Equal("ratings", after.DestinationRules.Single().Host);
    }

    [Theory]
    [InlineData("ratings-retry.yaml", true, false, false)]
    [InlineData("ratings-circuit-breaker.yaml", false, true, false)]
    [InlineData("ratings-bulkhead.yaml", false, false, true)]
    public void Apply_OnePattern_HasTheFiguresOfTheDemosRule(string file, bool retries, bool breaker, bool bulkhead)
    {
        var path = Path.Combine(Repository.Root, "infra", "rules", file);
        var demo = RuleReader.Read(new RuleSource(file, File.ReadAllText(path))).Rules;

        var after = new ResiliencePatterns(retries, breaker, bulkhead).Apply(RuleSet.Empty, Ratings);

        Assert.Equal(
            demo.VirtualServices.SingleOrDefault()?.Http.Single().Retries, after.VirtualServices.SingleOrDefault()?.Http.Single().Retries);
        Assert.Equal(demo.DestinationRules.SingleOrDefault()?.TrafficPolicy, after.DestinationRules.SingleOrDefault()?.TrafficPolicy);
        Assert.Equal(new ResiliencePatterns(retries, breaker, bulkhead), ResiliencePatterns.Of(demo, Ratings));
    }

    private static ResiliencePatterns None => new(false, false, false);

    private static RuleSet Over(RuleSet below, RuleSet above) => below with
    {
        VirtualServices = above.VirtualServices.Count > 0 ? above.VirtualServices : below.VirtualServices,
        DestinationRules = above.DestinationRules.Count > 0 ? above.DestinationRules : below.DestinationRules,
    };
}
