using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Answers that the mesh gives itself.</summary>
internal static class RedirectCases
{
    private const string Security =
        "headers: {response: {set: {Strict-Transport-Security: \"max-age=31536000; includeSubDomains; preload\"}}}";

    private static readonly Dictionary<string, string?> Secure = new()
    {
        ["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains; preload",
    };

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for redirect code", Yaml.VirtualService("c", """
            - redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 308}
            """), new Call { Url = "http://c:8484/", Status = 308 }),
        new("for invalid redirect code", Yaml.VirtualService("c", """
            - redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 317}
            """))
        { Refused = "317" },
        new("for full path redirect", Yaml.VirtualService("c", """
            - redirect: {uri: /replace-full-path, authority: some-authority.default.svc.cluster.local, redirectCode: 308}
            """),
            new Call { Url = "http://c:8484/a?b=c", Status = 308, Location = "http://some-authority.default.svc.cluster.local/replace-full-path?b=c" }),
        new("for prefix_rewrite redirect", Yaml.VirtualService("c", """
            - redirect: {authority: foo.example.com, prefixRewrite: /, redirectCode: 301}
            """), new Call { Url = "http://c:8484/a/b?c=d", Status = 301, Location = "http://foo.example.com/a/b?c=d" }),
        new("for redirect and header manipulation", Yaml.VirtualService("c", """
            - redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 308}
              <security>
            """.Fill(("security", Security))), new Call { Url = "http://c:8484/", Status = 308, Answer = Secure }),
        new("for direct response code", Yaml.VirtualService("c", """
            - directResponse: {status: 200, body: {string: hello}}
            """), new Call { Url = "http://c:8484/", By = "", Text = "hello" }),
        new("for direct response code and header manipulation", Yaml.VirtualService("c", """
            - directResponse: {status: 200, body: {string: hello}}
              <security>
            """.Fill(("security", Security))), new Call { Url = "http://c:8484/", By = "", Text = "hello", Answer = Secure }),
    ];
}
