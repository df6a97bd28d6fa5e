using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Tests.Istio.Analysis;

/// <summary>
/// A port whose name says TCP has a listener for bytes (<c>pilot/pkg/networking/core/listener.go: buildSidecarOutboundListener</c>), which
/// asks no VirtualService's <c>http</c>.
/// </summary>
public sealed class TcpPortAnalysisTests
{
    [Theory]
    [InlineData("{name: tcp, port: 80}", "", "spec.hosts[0]: port 80 of orders is of TCP by its name")]
    [InlineData("{name: web, appProtocol: redis, port: 80}", "", "spec.hosts[0]: port 80 of orders is of TCP by its name")]
    [InlineData("{port: 3306}", "", "spec.hosts[0]: port 3306 of orders is of TCP by its name")]
    [InlineData("{name: http, port: 80}, {name: tls, port: 443}", "match: [{port: 443}],",
        "spec.http[0].match[0].port: port 443 of orders is of TCP by its name: inside the mesh this match takes no request")]
    [InlineData("{name: http, port: 80}, {name: tcp, port: 443}", "", null)]
    [InlineData("{name: http, port: 80}, {name: tcp, port: 443}", "match: [{port: 80}],", null)]
    [InlineData("{port: 80}", "", null)]
    public void Analyze_RulesForHttp_HoldForNoPortOfTcp(string ports, string match, string? expected)
    {
        var said = Said(ports, Rules.Resource("VirtualService", "orders",
            $"hosts: [orders]\nhttp: [{{{match} redirect: {{uri: /a}}}}]"));
        Assert.Equal(expected is null ? 0 : 1, said.Count);
        Assert.All(said, problem => Assert.Contains(expected!, problem.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Analyze_RulesOfAGatewayOnly_Hold() => Assert.Empty(Said("{name: tcp, port: 80}", Rules.Resource(
        "VirtualService", "orders", "hosts: [orders]\ngateways: [front]\nhttp: [{redirect: {uri: /a}}]")));

    private static List<Problem> Said(string ports, string rule)
    {
        var reading = RuleReader.Read(new RuleSource("a.yaml", $$"""
            apiVersion: v1
            kind: Service
            metadata: {name: orders}
            spec: {ports: [{{ports}}]}
            ---
            {{rule}}
            """));
        Assert.False(reading.HasErrors, Rules.Said(reading.Problems));
        var known = new KnownServices("default", "cluster.local", []) { Objects = reading.Objects };
        return [.. RuleAnalyzer.Analyze(reading.Rules, known).Where(problem =>
            problem.Type == MessageTypes.NoEffect && problem.Message.Contains("TCP", StringComparison.Ordinal))];
    }
}
