using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Istio.Analysis;

/// <summary>What an analysis shares with the one before it changes nothing of what it says.</summary>
public sealed class RuleAnalysisTests
{
    private static readonly KnownServices Known = new("default", "cluster.local", ["reviews", "ratings"])
    {
        Ports = new Dictionary<string, IReadOnlyCollection<int>> { ["reviews"] = [9080] },
    };

    private static readonly string[] Hosts = ["reviews", "ratings", "rewiews", "\"*\"", "shop.example"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Analyze_AfterRandomEdits_SaysWhatAnAnewAnalysisSays(int seed)
    {
        var random = new Random(seed);
        var services = new Dictionary<string, VirtualService>();
        var rest = RuleSet.Empty;
        RuleAnalysis? before = null;
        var said = 0;
        for (var edit = 0; edit < 60; edit++)
        {
            if (random.Next(8) == 0)
            {
                rest = Read(Rest(random));
            }

            var name = $"rule-{random.Next(8)}";
            if (random.Next(5) > 0 || !services.Remove(name))
            {
                services[name] = Read(Service(random, name)).VirtualServices[0];
            }

            var rules = rest with { VirtualServices = [.. services.Values] };
            before = RuleAnalyzer.Analyze(rules, Known, new HashSet<Resource>(), before);
            Assert.Equal(RuleAnalyzer.Analyze(rules, Known), before.Problems);
            said += before.Problems.Count;
        }

        Assert.InRange(said, 60, int.MaxValue);
    }

    private static RuleSet Read(string yaml) => RuleReader.Read(new RuleSource("test.yaml", yaml)).Rules;

    private static string Service(Random random, string name)
    {
        var (host, to) = (Hosts[random.Next(Hosts.Length)], Hosts[random.Next(2)]);
        var subset = random.Next(2) == 0 ? "" : $", subset: v{random.Next(3)}";
        var gateways = random.Next(3) switch { 0 => "", 1 => "gateways: [front]\n", _ => "gateways: [mesh, front, back]\n" };
        var @delegate = random.Next(5) == 0 ? $"\n- {{match: [{{uri: {{prefix: /d}}}}], delegate: {{name: rule-{random.Next(8)}}}}}" : "";
        return Rules.Resource("VirtualService", name,
            $"hosts: [{host}]\n{gateways}http:{@delegate}\n- {{route: [{{destination: {{host: {to}{subset}}}}}], timeout: 1s, "
            + "retries: {attempts: 1, perTryTimeout: 2s}}");
    }

    private static string Rest(Random random) => string.Join("\n---\n",
    [
        Rules.Resource("Gateway", random.Next(2) == 0 ? "front" : "back",
            "servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [\"*.example\"]}]"),
        Rules.Resource("DestinationRule", "reviews", $"host: reviews\nsubsets: [{{name: v{random.Next(3)}, labels: {{version: v1}}}}]"),
    ]);
}
