using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Routes that istiod makes of Ingresses and of the Gateway API, which it marks in an annotation. Here they are made of these.</summary>
internal static class SemanticsCases
{
    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for internally generated virtual service with ingress semantics", """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: acme}
            spec:
              rules:
              - host: example.org
                http:
                  paths:
                  - {path: /route/v1, pathType: Prefix, backend: {service: {name: c, port: {number: 8484}}}}
                  - {path: /, pathType: Prefix, backend: {service: {name: example1, port: {number: 8080}}}}
            """,
            FromOutside("/route/v1", "c-v1"), FromOutside("/route/v1/a", "c-v1"), FromOutside("/route/v1a", "example1-v1")),
        new("for internally generated virtual service with gateway semantics", Route("""
            - matches: [{path: {value: /route/v1}}]
              backendRefs: [{name: example1, port: 8080}]
            - backendRefs: [{name: nowhere, port: 8080}]
            """),
            new Call { Url = "http://c:8484/route/v1", By = "example1-v1" },
            new Call { Url = "http://c:8484/route/v1/a", By = "example1-v1" },
            new Call { Url = "http://c:8484/route/v1a", Status = 500, By = "", Flag = "NC" }),
        new("for empty prefix path rewrite", Route("""
            - matches: [{path: {value: /prefix-to-be-removed}}]
              filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]
              backendRefs: [{name: c, port: 8484}]
            """),
            new Call { Url = "http://c:8484/prefix-to-be-removed", By = "c-v1", SawTarget = "/" },
            new Call { Url = "http://c:8484/prefix-to-be-removed/", By = "c-v1", SawTarget = "/" },
            new Call { Url = "http://c:8484/prefix-to-be-removed/a?b=c", By = "c-v1", SawTarget = "/a?b=c" }),
    ];

    private static Call FromOutside(string path, string by) =>
        new() { From = EchoMesh.Gateway, Url = $"http://example.org{path}", By = by };

    private static string Route(string rules) =>
        $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: acme}
        spec:
          parentRefs: [{group: "", kind: Service, name: c, port: 8484}]
          rules:
        {{string.Join('\n', rules.Split('\n').Select(line => $"  {line}"))}}
        """;
}
