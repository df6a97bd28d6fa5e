using System.Net;
using System.Text.Json;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;
using Bookinfo.Mesh.Proxy.VirtualHosts;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Compilation;

/// <summary>What a compiler shares between two sets of rules decides nothing: each set acts as if it were the first.</summary>
public sealed class IncrementalCompilationTests
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 1);

    private static readonly MeshOptions Options = new()
    {
        Services = [new MeshService("a", 9080), new MeshService("b", 9080), new MeshService("b", 80), new MeshService("c", 9080),
            new MeshService("a", 9080, Namespace: "other")],
        Pods =
        [
            Pod("a", "v1"), Pod("a", "v2"), Pod("b", "v1"), Pod("b", "v3"), Pod("c", "v1"),
            new Pod("a-other", Workload.Of("a", "v1", "other"), Nowhere, Nowhere),
        ],
        Gateway = Nowhere,
    };

    private static readonly IReadOnlyList<Caller> Callers = Bookinfo.Mesh.Proxy.Registry.Callers.Of(Options);

    private static readonly string[] Authorities =
        ["a:9080", "a", "b", "b:80", "b:9080", "c.default:9080", "a.other:9080", "a.other.svc.cluster.local:9080", "shop.example",
            "www.shop.example:8080", "extra-0.example", "extra-1.example", "unknown.example"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Compile_AfterRandomEdits_DecidesAsAnewCompiler(int seed)
    {
        var rules = new EditedRules(new Random(seed));
        var compiler = NewCompiler();
        for (var edit = 0; edit < 40; edit++)
        {
            rules.Edit();
            var set = new RulesInForce(rules.Rules, edit, DateTimeOffset.UnixEpoch);
            Assert.Equal(Decisions(NewCompiler().Compile(set)), Decisions(compiler.Compile(set)));
        }
    }

    [Fact]
    public void Compile_OneVirtualServiceChanged_SharesAllOtherHosts()
    {
        var before = Rules.Read(Route("a", "b") + Route("b", "c") + Route("c", "a"));
        var after = before with
        {
            VirtualServices = [before.VirtualServices[0], .. Rules.Read(Route("b", "a")).VirtualServices,
            before.VirtualServices[2]]
        };
        var compiler = NewCompiler();
        var (first, second) = (Compile(compiler, before), Compile(compiler, after));

        Assert.NotSame(Find(first, "b:9080"), Find(second, "b:9080"));
        Assert.Same(Find(first, "a:9080"), Find(second, "a:9080"));
        Assert.Same(Find(first, "c:9080"), Find(second, "c:9080"));
    }

    [Fact]
    public void Compile_RulesThatAreRefused_AreRefusedAgain()
    {
        var compiler = NewCompiler();
        var refused = Rules.Read("""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: a}
            spec: {host: a, trafficPolicy: {loadBalancer: {simple: PASSTHROUGH}}}
            """);

        Assert.Throws<RuleCompilationException>(() => Compile(compiler, refused));
        Assert.Throws<RuleCompilationException>(() => Compile(compiler, refused));
    }

    private static Pod Pod(string app, string version) => new($"{app}-{version}", Workload.Of(app, version), Nowhere, Nowhere);

    private static string Route(string host, string destination) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: {{host}}}
        spec: {hosts: [{{host}}], http: [{route: [{destination: {host: {{destination}} } }] }] }
        ---

        """;

    private static RuleCompiler NewCompiler() =>
        new(Options, Callers, new ClusterStore(new TrafficMetrics(), new OwnListeners(), Options.Randomness, Options.Time));

    private static RuleTables Compile(RuleCompiler compiler, RuleSet rules) =>
        compiler.Compile(new RulesInForce(rules, 1, DateTimeOffset.UnixEpoch));

    private static VirtualHost? Find(RuleTables tables, string authority) => tables.ScopeOf(Callers[0]).Hosts.Find(authority);

    /// <summary>What becomes of one request of each kind from each caller, with the rules that were looked at for it.</summary>
    private static string[] Decisions(RuleTables tables)
    {
        var explainer = new Explainer(tables, Callers, Options);
        return
        [
            .. from caller in Callers
               from authority in Authorities
               from path in (string[])["/", "/x", "/x/y/z"]
               let headers = path == "/x" ? [new("end-user", "jason")] : (KeyValuePair<string, string>[])[]
               let request = new SampleRequest { Authority = authority, Path = path, Headers = headers }
               select $"{caller.Name} {authority}{path}: {JsonSerializer.Serialize(explainer.Explain(caller.Name, request))}",
        ];
    }
}
