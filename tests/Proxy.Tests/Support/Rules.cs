using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>Rules from YAML; a problem in them is a mistake of the test.</summary>
internal static class Rules
{
    /// <summary>Subsets v1 to v3 of reviews.</summary>
    public const string ReviewsSubsets = """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata:
          name: reviews
        spec:
          host: reviews
          subsets:
          - name: v1
            labels:
              version: v1
          - name: v2
            labels:
              version: v2
          - name: v3
            labels:
              version: v3

        """;

    /// <summary>A DestinationRule for reviews with a traffic policy, and a VirtualService with one route.</summary>
    public static string ForReviews(
        string trafficPolicy, string route = "- {retries: {attempts: 0}, route: [{destination: {host: reviews}}]}") => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews}
        spec:
          host: reviews
          trafficPolicy: {{trafficPolicy}}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          {{route}}
        """;

    public static RuleSet Read(string yaml)
    {
        if (yaml.Trim().Length == 0)
        {
            return RuleSet.Empty;
        }

        var reading = RuleReader.Read(new RuleSource("test.yaml", yaml));
        return reading.HasErrors ? throw new InvalidOperationException(string.Join('\n', reading.Problems)) : reading.Rules;
    }
}
