using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Reading;

namespace Bookinfo.Tests.Rollouts;

/// <summary>Texts of Rollouts for the tests.</summary>
internal static class Files
{
    public const string Template = """
        apiVersion: argoproj.io/v1alpha1
        kind: AnalysisTemplate
        metadata:
          name: success-rate
        spec:
          args:
          - name: version
          metrics:
          - name: success-rate
            interval: 10s
            count: 2
            successCondition: result[0] >= 0.95
            provider:
              prometheus:
                address: http://prometheus:9090
                query: >-
                  sum(rate(istio_requests_total{reporter="destination",destination_version="{{args.version}}",response_code!~"5.."}[10s]))
                  / sum(rate(istio_requests_total{reporter="destination",destination_version="{{args.version}}"}[10s]))
        """;

    /// <summary>A Rollout of reviews with these steps, and more under <c>canary</c>.</summary>
    public static string Rollout(string steps, string more = "") => $$"""
        apiVersion: argoproj.io/v1alpha1
        kind: Rollout
        metadata:
          name: reviews
          labels: {version: v3}
        spec:
          strategy:
            canary:
              trafficRouting:
                managedRoutes: [{name: beta}, {name: mirror}]
                istio:
                  virtualService: {name: reviews-delivery, routes: [primary]}
                  destinationRule: {name: reviews-delivery, canarySubsetName: canary, stableSubsetName: stable}
              {{more}}
              steps: {{steps}}
        ---
        {{Template}}
        """;

    public static RolloutReading Read(string text) => RolloutReader.Read(new RuleSource("rollout.yaml", text));

    public static Planning Plan(string text) => RolloutPlanner.Plan(Read(text), "rollout.yaml", "v1");

    /// <summary>The plan of a text without problems.</summary>
    public static RolloutPlan Good(string text)
    {
        var planning = Plan(text);
        Assert.Empty(planning.Problems);
        return planning.Plan!;
    }
}
