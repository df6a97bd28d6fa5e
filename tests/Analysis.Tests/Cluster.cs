using System.Net;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Tests.Analysis;

/// <summary>A small cluster to ask about rules: a page that calls reviews v1 and v2.</summary>
internal static class Cluster
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    public const string Subsets = """

        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews}
        spec:
          host: reviews
          subsets:
          - {name: v1, labels: {version: v1}}
          - {name: v2, labels: {version: v2}}

        """;

    public static MeshOptions Options { get; } = new()
    {
        Services = [new MeshService("page", 9080), new MeshService("reviews", 9080)],
        Pods = [Pod("page", "v1"), Pod("reviews", "v1"), Pod("reviews", "v2")],
        Gateway = Nowhere,
    };

    /// <summary>Rules that have no errors.</summary>
    public static RuleSet Rules(string yaml)
    {
        var reading = RuleReader.Read(new RuleSource("rules.yaml", yaml));
        Assert.False(reading.HasErrors, string.Join(Environment.NewLine, reading.Problems));
        return reading.Rules;
    }

    /// <summary>A VirtualService for reviews, with the subsets v1 and v2.</summary>
    /// <param name="http">The rules in <c>http</c>, as YAML that is not indented.</param>
    public static RuleSet Reviews(string http) => Rules(
        $"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {"{"}name: reviews{"}"}
        spec:
          hosts: [reviews]
          http:
        {string.Join('\n', http.Split('\n').Select(line => $"  {line}"))}
        """ + Subsets);

    private static Pod Pod(string app, string version)
    {
        var workload = Workload.Of(app, version);
        return new Pod($"{workload.Name}-1", workload, Nowhere, Nowhere);
    }
}
