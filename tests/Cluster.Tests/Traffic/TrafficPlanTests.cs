using Bookinfo.Cluster.Settings;
using Bookinfo.Cluster.Traffic;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Traffic;

public sealed class TrafficPlanTests
{
    [Fact]
    public void Make_NobodyRulesOnAService_ItsFirstReleaseAnswers() =>
        Assert.Equal(["v1"], Route(TrafficPlan.Make(Settings(), RuleSet.Empty), "catalog").Route.Select(to => to.Destination.Subset));

    [Theory]
    [InlineData("reviews.prod")]
    [InlineData("*")]
    public void Make_ARuleForNoServiceOfTheSample_IsRefused(string host)
    {
        var rule = new VirtualService { Metadata = new Metadata { Name = "mine" }, Hosts = [host], Http = [Route(Make(), "reviews")] };
        var problem = Assert.Throws<SettingsException>(() => TrafficPlan.Make(Settings(), RuleSet.Empty with { VirtualServices = [rule] }));
        Assert.StartsWith($"mesh:rules: VirtualService/mine is for {host}, which is not a service of the sample",
            Assert.Single(problem.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_ARuleForTwoServices_BecomesOneForEachUnderItsName()
    {
        var rule = new VirtualService
        {
            Metadata = new Metadata { Name = "both" },
            Hosts = ["reviews", "ratings"],
            Http = [Route(Make(), "ratings")],
        };
        var made = TrafficPlan.Make(Settings(), RuleSet.Empty with { VirtualServices = [rule] }).VirtualServices.Where(one =>
            one.Http[0].Route[0].Destination.Host == "ratings");
        Assert.Equal(["reviews", "ratings"], made.Select(one => Assert.Single(one.Hosts)));
        Assert.Equal(["reviews", "ratings"], made.Select(one => one.Name));
    }

    [Fact]
    public void Make_WeightsOfTheStack_TakeThePlaceOfTheRule()
    {
        var route = Assert.Single(Rule(Make("canary:reviews=v3=10,v1=90"), "reviews").Http);
        Assert.Equal([("v1", 90), ("v3", 10)], route.Route.Select(to => (to.Destination.Subset, to.Weight)));
    }

    [Fact]
    public void Make_ARuleOfTheDemoByName_HoldsWithItsMatch()
    {
        var rule = Rule(Make("mesh:rules=reviews-jason-v2.yaml"), "reviews");
        Assert.Equal(["v2", "v1"], rule.Http.Select(route => route.Route[0].Destination.Subset));
        Assert.NotEmpty(rule.Http[0].Match);
    }

    [Fact]
    public void Make_ARuleForAReleaseThatIsNotDeployed_IsFoundOutBeforehand()
    {
        var problem = Assert.Throws<SettingsException>(() => Make("releases:reviews=v1", "mesh:rules=reviews-v3.yaml"));
        Assert.Equal("the rule for reviews sends requests to reviews v3, which is not deployed: there are v1 (releases:reviews adds one)",
            Assert.Single(problem.Problems));
    }

    [Fact]
    public void Make_ARuleThatIstiodWouldRefuse_IsRefusedWithItsPlace()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.yaml");
        File.WriteAllText(file,
            "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews}\nspec:\n  hosts: [reviews]\n  http:\n  - "
                + "rout: []\n");
        try
        {
            Assert.Contains($"{file}:7:", Assert.Throws<SettingsException>(() => Make($"mesh:rules={file}")).Message,
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Make_ARuleFileThatIsNotThere_SaysSo() =>
        Assert.Contains("no-such-rule.yaml: there is no such file",
            Assert.Throws<SettingsException>(() => Make("mesh:rules=no-such-rule.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Make_EveryDeployedRelease_HasItsSubsetAndNoOther()
    {
        var subsets = Assert.Single(Make("releases:ratings=v1,v-faulty").DestinationRules, rule => rule.Host == "ratings").Subsets;
        Assert.Equal([("v1", "v1"), ("v-faulty", "v-faulty")], subsets.Select(subset => (subset.Name, subset.Labels["version"])));
    }

    [Fact]
    public void Make_ThePolicy_IsOnEveryServicesCalls()
    {
        var rules = Make("policy:timeout=4s", "policy:perTryTimeout=2s", "policy:retries=1", "policy:maxRequests=7",
            "policy:consecutiveErrors=3");
        Assert.All(BookinfoSystem.Topology.Services, service =>
        {
            var route = Route(rules, service.Name);
            var traffic = Assert.Single(rules.DestinationRules, rule => rule.Host == service.Name).TrafficPolicy!;
            // A stream of gRPC stays open: nothing may cut it after some seconds.
            var isHttp = service.Protocol == ServiceProtocol.Http;
            Assert.Equal((isHttp ? TimeSpan.FromSeconds(4) : null, 1, isHttp ? TimeSpan.FromSeconds(2) : null),
                ((TimeSpan?)route.Timeout, route.Retries!.Attempts, route.Retries.PerTryTimeout));
            Assert.Equal((7, 3), (traffic.ConnectionPool!.Http!.Http2MaxRequests, traffic.OutlierDetection!.Consecutive5xxErrors));
        });
    }

    [Fact]
    public void Make_ARuleThatSaysItsOwn_KeepsItBesideThePolicy()
    {
        var written = Rule(Make(), "reviews") with
        {
            Http = [Route(Make(), "reviews") with { Timeout = TimeSpan.FromSeconds(1), Retries = null }],
        };
        var route = Route(TrafficPlan.Make(Settings(), RuleSet.Empty with { VirtualServices = [written] }), "reviews");
        Assert.Equal((TimeSpan.FromSeconds(1), 2), (route.Timeout, route.Retries!.Attempts));
    }

    [Fact]
    public void Make_RetriesSwitchedOff_NothingElseIsSaidOfThem() =>
        Assert.Equal(new HttpRetry { Attempts = 0 }, Route(Make("policy:retries=0"), "reviews").Retries);

    [Fact]
    public void Make_WhatComesOut_IsWhatTheReaderTakes()
    {
        var reading = RuleReader.Read(new RuleSource("plan", RuleWriter.Write(Make("canary:reviews=v1=90,v3=10"))));
        Assert.Empty(reading.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Spec_OfARule_HasValuesThatPulumiTakes()
    {
        var spec = RuleWriter.Spec(Rule(Make("canary:reviews=v1=90,v3=10"), "reviews"));
        var route = (Dictionary<string, object>)((object[])spec["http"])[0];
        Assert.Equal("15s", route["timeout"]);
        Assert.Equal(2, ((Dictionary<string, object>)route["retries"])["attempts"]);
        Assert.Equal(90, ((Dictionary<string, object>)((object[])route["route"])[0])["weight"]);
    }

    private static VirtualService Rule(RuleSet rules, string host) =>
        Assert.Single(rules.VirtualServices, rule => rule.Hosts.Contains(host));

    private static HttpRoute Route(RuleSet rules, string host) => Assert.Single(Rule(rules, host).Http);

    private static RuleSet Make(params string[] config)
    {
        var settings = Settings(config);
        return TrafficPlan.Make(settings, RuleFolder.Read(settings.Mesh).Rules);
    }

    private static ClusterSettings Settings(params string[] config) =>
        ClusterSettings.Read(StackConfiguration.Of(null, ["mesh:kind=istio", .. config]), BookinfoSystem.Topology);
}
