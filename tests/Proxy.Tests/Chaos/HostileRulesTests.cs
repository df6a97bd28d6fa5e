using System.Net;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Chaos;

/// <summary>Rules that are broken in every way a text can be, put into force while traffic runs.</summary>
public sealed class HostileRulesTests
{
    private const string Good = Rules.ReviewsSubsets + """
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - match: [{headers: {end-user: {regex: "ja.*n"} } }]
            route: [{destination: {host: reviews, subset: v2} }]
            retries: {attempts: 3, perTryTimeout: 2s, retryOn: "5xx,reset"}
          - route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}]
            timeout: 10s
            fault: {delay: {percentage: {value: 0.1}, fixedDelay: 1ms} }
        """;

    /// <summary>
    /// Good rules with a few bytes changed. Each reading either has errors, or compiles, or is refused with problems; nothing else is ever
    /// thrown, and between two changes every request is answered by the rules that were last in force.
    /// </summary>
    [Fact]
    public async Task Apply_MutatedRulesUnderTraffic_LastGoodOnesStay()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("reviews", "v2");
        await mesh.StartAsync(Good);
        var client = mesh.Client();
        var random = new Random(20261122);
        var (refused, applied) = (0, 0);
        for (var round = 0; round < 600; round++)
        {
            var reading = RuleReader.Read(new RuleSource("mutated.yaml", Mutate(Good, random)));
            var before = mesh.Server.Rules;
            if (reading.HasErrors || !TryApply(mesh.Server, reading.Rules))
            {
                refused++;
                Assert.Same(before, mesh.Server.Rules);
                using var response = await client.GetAsync("http://reviews:9080/");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                continue;
            }

            applied++;
            mesh.Server.Apply(Rules.Read(Good));
        }

        Assert.InRange(refused, 100, 600);
        Assert.InRange(applied, 10, 600);
    }

    private static bool TryApply(MeshServer server, RuleSet rules)
    {
        try
        {
            server.Apply(rules);
            return true;
        }
        catch (RuleCompilationException e)
        {
            Assert.NotEmpty(e.Problems);
            return false;
        }
    }

    private static string Mutate(string text, Random random)
    {
        var bytes = text.ToList();
        for (var change = random.Next(1, 3); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at));
                    break;
                case 1:
                    bytes[at] = " \n\t:{}[]-\"'#&*!|>%@\0\u00e9\ud800"[random.Next(22)];
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(40, bytes.Count - at)));
                    break;
                default:
                    bytes[at] = (char)random.Next(32, 127);
                    break;
            }
        }

        return new string([.. bytes]);
    }
}
