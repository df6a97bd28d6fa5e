using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Cross-origin requests: which are allowed, what a preflight is told, and what happens to the others.</summary>
internal static class CorsRows
{
    private const string Origins =
        "allowOrigins: [{exact: \"http://exact.example\"}, {prefix: \"http://pre\"}, {regex: \"https?://re[0-9]+\\\\.example\"}]";

    public static IReadOnlyList<Case> All { get; } =
    [
        new("CORS: origins by exact, prefix and regex", Rule(Origins),
            Get("http://exact.example", true), Get("http://prefix.example", true), Get("https://re12.example", true),
            Get("http://exact.example.org", false), Get("https://prefix.example", false), Get("https://re12.example.org", false)),
        new("CORS: a request without an origin is none", Rule(Origins),
            new Call { Url = "http://c:9080/", By = "c-v1",
                Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Origin"] = null } }),
        new("CORS: a preflight is answered by the mesh",
            Rule($"{Origins}, allowMethods: [GET, PUT], allowHeaders: [x-a, x-b], maxAge: 10s, allowCredentials: true"),
            Preflight("http://exact.example", "", ("Access-Control-Allow-Origin", "http://exact.example"),
                ("Access-Control-Allow-Methods", "GET,PUT"),
                ("Access-Control-Allow-Headers", "x-a,x-b"), ("Access-Control-Max-Age", "10"),
                    ("Access-Control-Allow-Credentials", "true"))),
        new("CORS: a preflight that matches no origin is forwarded", Rule($"{Origins}, allowMethods: [GET]"),
            Preflight("http://other.example", "c-v1", ("Access-Control-Allow-Origin", null), ("Access-Control-Allow-Methods", null))),
        new("CORS: OPTIONS that asks for no method is not a preflight", Rule($"{Origins}, allowMethods: [GET]"), new Call
        {
            Url = "http://c:9080/",
            Method = "OPTIONS",
            Headers = new Dictionary<string, string> { ["Origin"] = "http://exact.example" },
            By = "c-v1",
            Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Origin"] = "http://exact.example" },
        }),
        new("CORS: unmatchedPreflights IGNORE answers without leave", Rule($"{Origins}, allowMethods: [GET], unmatchedPreflights: IGNORE"),
            Preflight("http://other.example", "", ("Access-Control-Allow-Origin", null))),
        new("CORS: exposed headers and credentials stand on the answer",
            Rule($"{Origins}, exposeHeaders: [x-a, x-b], allowCredentials: true"),
            Get("http://exact.example", true) with
            {
                Answer = new Dictionary<string, string?> { ["Access-Control-Expose-Headers"] = "x-a,x-b",
                    ["Access-Control-Allow-Credentials"] = "true" },
            }),
        new("CORS: no credentials unless allowed", Rule(Origins),
            Get("http://exact.example", true)
                with { Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Credentials"] = null } }),
    ];

    private static string Rule(string policy) => Yaml.VirtualService("c", """
        - corsPolicy: {<policy>}
          route: [{destination: {host: c}}]
        """.Fill(("policy", policy)));

    private static Call Get(string origin, bool allowed) => new()
    {
        Url = "http://c:9080/",
        Headers = new Dictionary<string, string> { ["Origin"] = origin },
        By = "c-v1",
        Answer = new Dictionary<string, string?> { ["Access-Control-Allow-Origin"] = allowed ? origin : null },
    };

    private static Call Preflight(string origin, string by, params (string Name, string? Value)[] answer) => new()
    {
        Url = "http://c:9080/",
        Method = "OPTIONS",
        Headers = new Dictionary<string, string> { ["Origin"] = origin, ["Access-Control-Request-Method"] = "PUT" },
        By = by,
        Answer = answer.ToDictionary(header => header.Name, header => header.Value),
    };
}
