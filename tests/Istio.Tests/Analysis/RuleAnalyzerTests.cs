using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Analysis;

public sealed class RuleAnalyzerTests
{
    private static readonly KnownServices Known = new("default", "cluster.local", ["productpage", "details", "reviews", "ratings"])
    {
        Ports = new Dictionary<string, IReadOnlyCollection<int>> { ["reviews"] = [9080] },
        WorkloadLabels = new Dictionary<string, IReadOnlyCollection<IReadOnlyDictionary<string, string>>>
        {
            ["reviews"] = [Labels("reviews", "v1"), Labels("reviews", "v2"), Labels("reviews", "v3")],
            ["productpage"] = [Labels("productpage", "v1")],
        },
        GatewayLabels = [new Dictionary<string, string> { ["istio"] = "ingressgateway" }],
    };

    private static readonly string Subsets = Rules.Resource("DestinationRule", "reviews", """
        host: reviews
        subsets:
        - {name: v1, labels: {version: v1}}
        - {name: v3, labels: {version: v3}}
        """);

    [Fact]
    public void Analyze_RulesThatFit_SaysNothing() => Assert.Empty(Analyze(
        Subsets,
        To("{host: reviews, subset: v1, port: {number: 9080}}"),
        Rules.Resource("Gateway", "front", "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*\"]}]"),
        Rules.Resource("VirtualService", "book",
            "hosts: [\"*\"]\ngateways: [front]\nhttp: [{match: [{gateways: [front]}], route: [{destination: {host: productpage}}]}]")));

    [Theory]
    [InlineData("{host: reviews, subset: v2}", "Error",
        "destination.subset: DestinationRule/reviews has no subset v2: these requests get 503 (it has v1 and v3)")]
    [InlineData("{host: ratings, subset: v1}", "Error",
        "destination.subset: no DestinationRule for ratings names the subset v1: these requests get 503 (add a DestinationRule with host: "
            + "ratings and the subset v1)")]
    [InlineData("{host: reviewz}", "Error", "destination.host: nothing serves reviewz: these requests get 503 (did you mean reviews?)")]
    [InlineData("{host: reviews.default}", "Error",
        "destination.host: nothing serves reviews.default: these requests get 503 (did you mean reviews?)")]
    [InlineData("{host: books.example.com}", "Error",
        "destination.host: nothing serves books.example.com: these requests get 503 (there are details, productpage, ratings and reviews)")]
    [InlineData("{host: reviews, port: {number: 80}}", "Error",
        "destination.port: reviews does not serve port 80: these requests get 503 (use 9080)")]
    public void Analyze_DestinationThatIsNotThere_WarnsThatItFails(string destination, string severity, string message)
    {
        var said = Rules.Said(Analyze(Subsets, To(destination)));
        Assert.StartsWith(severity, said, StringComparison.Ordinal);
        Assert.EndsWith($"VirtualService/reviews spec.http[0].route[0].{message}", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_MirrorThatIsNotThere_WarnsToo()
    {
        var said = Rules.Said(Analyze(Rules.Route("mirror: {host: reviewz}\nmirrors: []"),
            Rules.Route("mirrors: [{destination: {host: ratingz}}]").Replace("name: reviews", "name: other", StringComparison.Ordinal)
            .Replace("hosts: [reviews]", "hosts: [ratings]", StringComparison.Ordinal)));
        Assert.Contains("spec.http[0].mirror.host: nothing serves reviewz", said, StringComparison.Ordinal);
        Assert.Contains("spec.http[0].mirrors[0].destination.host: nothing serves ratingz", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_ServiceEntry_ServesItsHosts() => Assert.Empty(Analyze(
        To("{host: books.example.com}"),
        Rules.Resource("ServiceEntry", "books",
            "hosts: [books.example.com, \"*.more.example.com\"]\nresolution: NONE\nports: [{number: 80, name: http, protocol: HTTP}]"),
        To("{host: a.more.example.com}").Replace("name: reviews", "name: more", StringComparison.Ordinal)
            .Replace("hosts: [reviews]", "hosts: [ratings]", StringComparison.Ordinal)));

    [Fact]
    public void Analyze_TwoVirtualServicesForOneHost_NamesBothPlaces()
    {
        var problems = Analyze(
            To("{host: reviews}"),
            To("{host: reviews}").Replace("name: reviews", "name: again", StringComparison.Ordinal)
                .Replace("hosts: [reviews]", "hosts: [reviews.default.svc.cluster.local]", StringComparison.Ordinal))
            .Where(problem => problem.Type == MessageTypes.ConflictingMeshGatewayVirtualServiceHosts)
            .ToList();
        Assert.Equal([(Severity.Error, 6), (Severity.Error, 14)], problems.Select(problem => (problem.Severity, problem.Line)));
        Assert.StartsWith("VirtualService/again (rules.yaml:14:11) has the host", problems[0].Message, StringComparison.Ordinal);
        Assert.StartsWith("VirtualService/reviews (rules.yaml:6:11) has the host", problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_SameHostAtAGatewayAndInTheMesh_IsNoConflict() => Assert.Empty(Analyze(
        To("{host: reviews}"),
        Rules.Resource("Gateway", "front", "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*\"]}]"),
        Rules.Resource("VirtualService", "outside",
            "hosts: [reviews]\ngateways: [front]\nhttp: [{route: [{destination: {host: reviews}}]}]")));

    [Theory]
    [InlineData("hosts: [reviewz]", "Warning",
        "nothing serves reviewz: these routes get no calls from inside the mesh (did you mean reviews?)")]
    [InlineData("hosts: [orders]", "Warning",
        "nothing serves orders: these routes get no calls from inside the mesh (there are details, productpage, ratings and reviews)")]
    [InlineData("hosts: [books.example.com]", "Note",
        "nothing serves books.example.com: these routes get no calls from inside the mesh (there are details, productpage, ratings "
            + "and reviews)")]
    public void Analyze_HostNobodyServes_NamesTheNearest(string hosts, string severity, string message)
    {
        var said = Rules.Said(Analyze(Rules.VirtualService($"{hosts}\nhttp: [{{route: [{{destination: {{host: reviews}}}}]}}]")));
        Assert.Equal($"{severity} 6:11: VirtualService/reviews spec.hosts[0]: {message}", said);
    }

    [Fact]
    public void Analyze_GatewayThatIsNotThere_NamesTheNearest()
    {
        var said = Rules.Said(Analyze(
            Rules.Resource("Gateway", "bookinfo-gateway", "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*\"]}]"),
            Rules.Resource("VirtualService", "book",
                "hosts: [\"*\"]\ngateways: [bookinfo-gatway]\nhttp: [{route: [{destination: {host: productpage}}]}]")));
        Assert.Contains(
            "spec.gateways[0]: there is no Gateway bookinfo-gatway: no request gets here from it (did you mean bookinfo-gateway?)", said,
                StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("www.example.com", "*.example.com", true)]
    [InlineData("./www.example.com", "www.example.com", true)]
    [InlineData("prod/www.example.com", "www.example.com", false)]
    [InlineData("api.example.com", "www.example.com", false)]
    public void Analyze_HostOfAGateway_MustBeServedThere(string served, string host, bool fits)
    {
        var problems = Analyze(
            Rules.Resource("Gateway", "front", $"servers: [{{port: {{number: 80, name: http, protocol: HTTP}}, hosts: [\"{served}\"]}}]"),
            Rules.Resource("VirtualService", "book",
                $"hosts: [\"{host}\"]\ngateways: [front]\nhttp: [{{route: [{{destination: {{host: productpage}}}}]}}]"));
        Assert.Equal(fits, problems.Count == 0);
    }

    [Fact]
    public void Analyze_MatchForAGatewayTheServiceIsNotBoundTo_Warns() => Assert.Contains(
        "the VirtualService is not bound to front: this match takes no request from there",
        Rules.Said(Analyze(
            Rules.Resource("Gateway", "front", "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*\"]}]"),
            Rules.Route("match: [{gateways: [front]}]"))),
        StringComparison.Ordinal);

    [Fact]
    public void Analyze_DestinationRuleForAHostNobodyServes_Warns() => Assert.Equal(
        "Warning 6:9: DestinationRule/reviews spec.host: nothing serves reviews.default: the rule does nothing (did you mean reviews?)",
        Rules.Said(Analyze(Rules.Resource("DestinationRule", "reviews",
            "host: reviews.default\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}"))));

    /// <summary>
    /// Of the same age, the smaller name comes first, whatever the order in the file (<c>config.go: configCompareByCreationTime</c>).
    /// </summary>
    [Theory]
    [InlineData("more",
        "Warning 6:9: DestinationRule/reviews spec.host: DestinationRule/more is for the same host: its subset v1 does nothing")]
    [InlineData("same",
        "Warning 16:9: DestinationRule/same spec.host: DestinationRule/reviews is for the same host: its subset v1 does nothing")]
    public void Analyze_TwoDestinationRulesForAHost_SaysWhatIsLost(string name, string expected)
    {
        var said = Rules.Said(Analyze(
            Subsets, Rules.Resource("DestinationRule", name,
                "host: reviews.default.svc.cluster.local\nsubsets: [{name: v1, labels: {version: v1}}]")));

        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_HostWrittenInTwoWays_IsANote()
    {
        var problem = Assert.Single(Analyze(To("{host: reviews, subset: v1}"),
            Subsets.Replace("host: reviews", "host: reviews.default.svc.cluster.local", StringComparison.Ordinal)));
        Assert.Equal((Severity.Note, "DestinationRule/reviews spec.host"), (problem.Severity, problem.Path));
    }

    [Theory]
    [InlineData("v1", Severity.Note)]
    [InlineData("v9", Severity.Error)]
    public void Analyze_SubsetWithoutPods_IsAnErrorOnlyWhereARouteUsesIt(string used, Severity severity)
    {
        var rule = Subsets + "  - {name: v9, labels: {version: v9}}\n";
        var problem = Assert.Single(Analyze(rule, To($"{{host: reviews, subset: {used}}}")));
        Assert.Equal(severity, problem.Severity);
        Assert.StartsWith("no pod of reviews has the labels version: v9", problem.Message, StringComparison.Ordinal);
        Assert.Equal("there are version: v1, version: v2 and version: v3", problem.Suggestion);
    }

    [Fact]
    public void Analyze_Delegates_MustBeThereAndBeDelegates()
    {
        var said = Rules.Said(Analyze(
            Rules.VirtualService(
                "hosts: [reviews]\nhttp:\n- {match: [{uri: {prefix: /a}}], delegate: {name: missing}}\n- {delegate: {name: whole}}"),
            Rules.Resource("VirtualService", "whole", "hosts: [ratings]\nhttp: [{route: [{destination: {host: ratings}}]}]"),
            Rules.Resource("VirtualService", "lonely", "http: [{route: [{destination: {host: ratings}}]}]")));
        Assert.Contains("spec.http[0].delegate.name: there is no VirtualService missing to delegate to", said, StringComparison.Ordinal);
        Assert.Contains("spec.http[1].delegate.name: VirtualService/whole has hosts and so is not a delegate", said,
            StringComparison.Ordinal);
        Assert.Contains("VirtualService/lonely spec: it has no hosts and no other delegates to it", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retries: {attempts: 2}", "spec.http[0].retries: a fault comes before retries")]
    [InlineData("timeout: 1s", "spec.http[0].timeout: a fault comes before the timeout")]
    public void Analyze_FaultBesideWhatItComesBefore_IsANote(string field, string message)
    {
        var problem = Assert.Single(Analyze(Rules.Route($"fault: {{delay: {{percentage: {{value: 100}}, fixedDelay: 7s}}}}\n{field}")));
        Assert.Equal(Severity.Note, problem.Severity);
        Assert.Contains(message, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_CallerThatDoesNotExist_Warns() => Assert.EndsWith(
        "spec.http[0].match[0].sourceLabels: no workload has the labels app: cart: this match takes no request",
        Rules.Said(Analyze(Rules.Route("match: [{sourceLabels: {app: cart}}]"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("gateways: [mesh]", true)]
    [InlineData("gateways: [mesh, front]", false)]
    [InlineData("gateways: [front]", false)]
    public void Analyze_GatewayAsTheCaller_IsThereForRulesBoundToOne(string gateways, bool warns)
    {
        var said = Rules.Said(Analyze(
            Rules.Resource("Gateway", "front", "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*\"]}]"),
            Rules.Resource("VirtualService", "book",
                $"hosts: [reviews]\n{gateways}\nhttp: [{{match: [{{sourceLabels: {{istio: ingressgateway}}}}], route: "
                    + $"[{{destination: {{host: reviews}}}}]}}]")));

        Assert.Equal(warns, said.Contains("no workload has the labels istio: ingressgateway", StringComparison.Ordinal));
    }

    [Fact]
    public void Analyze_RulesMadeInCode_AreNamedWithoutAPlace()
    {
        var rules = RuleSet.Empty with
        {
            VirtualServices =
            [
                new VirtualService
                {
                    Metadata = new Metadata { Name = "reviews" },
                    Hosts = ["reviews"],
                    Http = [new HttpRoute { Route = [new HttpRouteDestination { Destination = new Destination { Host = "reviewz" } }] }],
                },
            ],
        };
        Assert.Equal(
            "VirtualService/reviews spec.http[0].route[0].destination.host: nothing serves reviewz: these requests get 503 (did you mean "
                + "reviews?)",
            Assert.Single(RuleAnalyzer.Analyze(rules, Known)).ToString());
    }

    private static Dictionary<string, string> Labels(string app, string version) => new() { ["app"] = app, ["version"] = version };

    private static string To(string destination) =>
        Rules.VirtualService($"hosts: [reviews]\nhttp: [{{route: [{{destination: {destination}}}]}}]");

    private static IReadOnlyList<Problem> Analyze(params string[] documents)
    {
        var reading = Rules.Read(string.Join("---\n", documents));
        Assert.False(reading.HasErrors, Rules.Said(reading.Problems));
        return RuleAnalyzer.Analyze(reading.Rules, Known);
    }
}
