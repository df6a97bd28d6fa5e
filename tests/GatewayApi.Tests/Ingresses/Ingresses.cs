using Bookinfo.Mesh.GatewayApi;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Tests.GatewayApi.Ingresses;

/// <summary>Short ways to Ingresses.</summary>
internal static class Ingresses
{
    public const string Class =
        "apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: NAME}\nspec: {controller: OF}\n---\n";

    /// <summary>An Ingress of this name with these paths for a host, each a line of YAML without its backend.</summary>
    public static string Of(string name, string host, params string[] paths) => With(name, "", host, paths);

    /// <summary>The same with fields of its spec, a line of YAML.</summary>
    public static string With(string name, string fields, string host, params string[] paths) =>
        $$"""
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: {{name}}}
        spec:
          {{fields}}
          rules:
          - host: "{{host}}"
            http:
              paths:
        {{string.Join('\n', paths.Select(path =>
            path.Contains("backend", StringComparison.Ordinal) ? $"      - {{{path}}}"
                : $"      - {{{path}, backend: {{service: {{name: reviews, port: {{number: 9080}}}}}}}}"))}}

        """;

    public static RuleSet Read(string yaml)
    {
        var reading = RuleReader.Read(new RuleSource("a.yaml", yaml));
        Assert.False(reading.HasErrors, string.Join('\n', reading.Problems));
        return reading.Rules;
    }

    public static RuleSet Translate(string yaml) =>
        Bookinfo.Mesh.GatewayApi.Ingresses.IngressTranslator.Translate(Read(yaml), new ClusterFacts
        {
            Services = new HashSet<(string, string)> { ("default", "reviews") },
            PortNames = ClusterFacts.Index([("default", "reviews", "http", 9080), ("default", "reviews", "http", 1)]),
        });
}
