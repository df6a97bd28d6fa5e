using Bookinfo.Tests.Conformance.Harness;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Which pod of a destination gets the request. Limits and ejection have classes of their own.</summary>
public sealed class LoadBalancingTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        new("ROUND_ROBIN takes the pods in turn", Policy("pool", "loadBalancer: {simple: ROUND_ROBIN}"))
        {
            Then = async mesh =>
            {
                var pods = await PodsAsync(mesh, new Call { Url = "http://pool:9080/" }, 20);
                Assert.All(pods.Zip(pods.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
            },
        },
        new("RANDOM draws", Policy("pool", "loadBalancer: {simple: RANDOM}")) { Then = mesh => EvenAsync(mesh) },
        new("the default draws too, as long as no pod is busy", "") { Then = mesh => EvenAsync(mesh) },
        new("the default goes round a pod that is busy", "")
        {
            Then = async mesh =>
            {
                var answer = mesh.Pod("pool-v1-0").Hold();
                var calls = new List<Task>();
                for (var call = 1; call <= 100; call++)
                {
                    calls.Add(mesh.SendAsync(new Call { Url = "http://pool:9080/" }));
                    await Eventually.UntilAsync(() => calls.Count(task => task.IsCompleted) + mesh.Pod("pool-v1-0").Seen.Count == call,
                        "a call reached no pod");
                }

                // Two picks of two pods: the busy one wins only where both fall on it, in one of four; 39 is the end of the 99.9 %
                // interval.
                Assert.InRange(mesh.Pod("pool-v1-0").Seen.Count, 1, 39);
                answer.SetResult();
                await Task.WhenAll(calls);
            },
        },
        new("a subset's policy overrides the host's", Yaml.All(
            Yaml.DestinationRule("hash", """
                trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-host}}}
                subsets: [{name: all, labels: {version: v1}, trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-subset}}}}]
                """),
            Yaml.VirtualService("hash", "- route: [{destination: {host: hash, subset: all}}]")))
        { Then = mesh => HeldByAsync(mesh, "x-subset", "x-host") },
        new("a subset without a policy has the host's", Yaml.All(
            Yaml.DestinationRule("hash", """
                trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-host}}}
                subsets: [{name: all, labels: {version: v1}}]
                """),
            Yaml.VirtualService("hash", "- route: [{destination: {host: hash, subset: all}}]")))
        { Then = mesh => HeldByAsync(mesh, "x-host", "x-subset") },
        new("a port's policy overrides both", Policy("hash", """
            loadBalancer: {consistentHash: {httpHeaderName: x-host}}, portLevelSettings: [{port: {number: 9080}, loadBalancer: {consistentHash: {httpHeaderName: x-port}}}]
            """))
        { Then = mesh => HeldByAsync(mesh, "x-port", "x-host") },
        new("maglev holds a key to one pod",
            Policy("hash", "loadBalancer: {consistentHash: {httpHeaderName: x-user, maglev: {tableSize: 65537}}}"))
        { Then = mesh => HeldByAsync(mesh, "x-user", "x-other") },
        new("ring hash of a large ring holds a key to one pod",
            Policy("hash", "loadBalancer: {consistentHash: {httpHeaderName: x-user, ringHash: {minimumRingSize: 4096}}}"))
        { Then = mesh => HeldByAsync(mesh, "x-user", "x-other") },
        new("many keys reach every pod, and about alike", Policy("hash", "loadBalancer: {consistentHash: {httpHeaderName: x-user}}"))
        {
            Then = async mesh =>
            {
                var counts = new Dictionary<string, int>();
                for (var user = 0; user < 1000; user++)
                {
                    var pod = (await mesh.SendAsync(With("x-user", $"user-{user}"))).Echo!.Pod;
                    counts[pod] = counts.GetValueOrDefault(pod) + 1;
                }

                // A ring of 1024 points over five pods is uneven by some ten percent.
                Assert.Equal(5, counts.Count);
                Assert.All(counts.Values, count => Assert.InRange(count, 100, 320));
            },
        },
        new("a header without the key is balanced as if there were no hash",
            Policy("hash", "loadBalancer: {consistentHash: {httpHeaderName: x-user}}"))
        { Then = async mesh => Assert.NotEqual(1, (await PodsAsync(mesh, new Call { Url = "http://hash:9080/" }, 40)).Distinct().Count()) },
        new("a DestinationRule for another host does nothing", Policy("c", "loadBalancer: {consistentHash: {httpHeaderName: x-user}}"))
        { Then = async mesh => Assert.NotEqual(1, (await PodsAsync(mesh, With("x-user", "jason"), 40)).Distinct().Count()) },
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Balancing_OnTheRunningMesh_IsThatOfEnvoy(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Policy(string host, string policy) =>
        Yaml.DestinationRule(host, "trafficPolicy: {<policy>}".Fill(("policy", policy.Trim())));

    private static Call With(string header, string value) => new()
    {
        Url = "http://hash:9080/",
        Headers = new Dictionary<string,
        string>
        { [header] = value },
    };

    private static async Task<IReadOnlyList<string>> PodsAsync(EchoMesh mesh, Call call, int times)
    {
        var pods = new List<string>();
        for (var turn = 0; turn < times; turn++)
        {
            pods.Add((await mesh.SendAsync(call)).Echo!.Pod);
        }

        return pods;
    }

    private static async Task EvenAsync(EchoMesh mesh)
    {
        var pods = await PodsAsync(mesh, new Call { Url = "http://pool:9080/" }, 400);
        Shares.AssertWithin(
            new Dictionary<string, double> { ["pool-v1-0"] = 50, ["pool-v1-1"] = 50 },
            pods.GroupBy(pod => pod).ToDictionary(pod => pod.Key, pod => pod.Count()),
            400);
    }

    private static async Task HeldByAsync(EchoMesh mesh, string header, string other)
    {
        Assert.Single((await PodsAsync(mesh, With(header, "jason"), 40)).Distinct());
        Assert.NotEqual(1, (await PodsAsync(mesh, With(other, "jason"), 40)).Distinct().Count());
    }
}
