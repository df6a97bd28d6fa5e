using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Host and path as the pod sees them.</summary>
internal static class RewriteCases
{
    public static IReadOnlyList<Case> Rows { get; } =
    [
        Rewriting("for host rewrite", "{name: host-rewrite}", "{authority: bar.example.org}",
            new Call { Url = "http://c:8484/x", By = "c-v1", SawHost = "bar.example.org", SawTarget = "/x" }),
        Rewriting("for full path rewrite", "{name: full-path-rewrite}", """{uriRegexRewrite: {match: "/.*", rewrite: /replace-full}}""",
            new Call { Url = "http://c:8484/any/where?q=1", By = "c-v1", SawTarget = "/replace-full?q=1" }),

        // Without a match of the path the prefix is "/", and only that is replaced: one of the slash traps.
        Rewriting("for prefix path rewrite", "{name: prefix-path-rewrite}", "{uri: /replace-prefix}",
            new Call { Url = "http://c:8484/x", By = "c-v1", SawTarget = "/replace-prefixx" }),
        Rewriting("for path and host rewrite", "{name: full-path-and-host-rewrite}",
            """{uriRegexRewrite: {match: "/.*", rewrite: /replace-full}, authority: bar.example.org}""",
            new Call { Url = "http://c:8484/any", By = "c-v1", SawHost = "bar.example.org", SawTarget = "/replace-full" }),
        Rewriting("for path regex match with regex rewrite", """{name: full-path-and-host-rewrite, uri: {regex: "^/service/[^/]+/.*$"}}""",
            """{uriRegexRewrite: {match: "^/service/([^/]+)(/.*)$", rewrite: "\\2/instance/\\1"}}""",
            new Call { Url = "http://c:8484/service/foo/v1/api", By = "c-v1", SawTarget = "/v1/api/instance/foo" }),
    ];

    private static Case Rewriting(string name, string match, string rewrite, params IReadOnlyList<Call> calls) => new(name, Yaml.VirtualService("c", """
        - match: [<match>]
          rewrite: <rewrite>
          route: [{destination: {host: c}, weight: 100}]
        """.Fill(("match", match), ("rewrite", rewrite))), calls);
}
