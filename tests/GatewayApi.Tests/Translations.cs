using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.GatewayApi;

/// <summary>Translates YAML beside a cluster with a few services.</summary>
internal static class Translations
{
    public const string Gateway =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: gateway}
        spec:
          gatewayClassName: istio
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---

        """;

    public static ClusterFacts Cluster { get; } = new()
    {
        Services = new HashSet<(string, string)> { ("default", "reviews"), ("default", "reviews-v1"), ("prod", "ratings") },
        NamespaceLabels = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["prod"] = new Dictionary<string, string> { ["stage"] = "prod" },
        },
    };

    public static GatewayApiTranslation Of(string yaml)
    {
        var reading = RuleReader.Read(new RuleSource("routes.yaml", yaml));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return GatewayApiTranslator.Translate(reading.Rules, Cluster);
    }

    public static VirtualService Only(string yaml) => Assert.Single(Of(yaml).Rules.VirtualServices);

    /// <summary>A route at <see cref="Gateway"/> with these rules, each a line of YAML.</summary>
    public static string Route(params string[] rules) =>
        $$"""
        {{Gateway}}apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: route}
        spec:
          parentRefs: [{name: gateway}]
          rules:
        {{string.Join('\n', rules.Select(rule => $"  - {rule}"))}}
        """;

    /// <summary>The conditions of a route's only parent, as <c>Accepted=True Reason</c>.</summary>
    public static IEnumerable<string> Conditions(GatewayApiTranslation translation) =>
        Assert.Single(translation.Statuses.Single(status => status.Resource is RouteResource).Parents).Conditions
            .Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}");
}
