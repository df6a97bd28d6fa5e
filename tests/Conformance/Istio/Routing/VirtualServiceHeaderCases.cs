using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>The rows of <c>virtualServiceCases</c> about headers, Host, redirects and rewrites.</summary>
internal static class VirtualServiceHeaderCases
{
    // Every character that a header's name may have.
    private const string AbsurdHeader = "a!#$%&'*+-.^_`|~z";

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("added header", Yaml.VirtualService("c", """
            - route: [{destination: {host: c}}]
              headers: {request: {add: {istio-custom-header: user-defined-value}}}
            """),
            new Call { Url = "http://c/", By = "c-v1", Saw = new Dictionary<string, string?> { ["Istio-Custom-Header"] = "user-defined-value" } }),
        new("set header", Yaml.VirtualService("c", """
            - route: [{destination: {host: c}}]
              headers: {request: {set: {x-custom: some-value}}}
            """), new Call { Url = "http://c/", By = "c-v1", Saw = new Dictionary<string, string?> { ["X-Custom"] = "some-value" } }),
        new("set authority header", Yaml.VirtualService("c", """
            - route: [{destination: {host: c}}]
              headers: {request: {set: {":authority": my-custom-authority}}}
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "my-custom-authority" }),
        new("set host header in destination", Yaml.VirtualService("c", """
            - route:
              - destination: {host: c}
                headers: {request: {set: {Host: my-custom-authority}}}
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "my-custom-authority" }),
        new("set authority header in destination", Yaml.VirtualService("c", """
            - route:
              - destination: {host: c}
                headers: {request: {set: {":authority": my-custom-authority}}}
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "my-custom-authority" }),
        new("set host header in route and destination", Yaml.VirtualService("c", """
            - route:
              - destination: {host: c}
                headers: {request: {set: {Host: dest-authority}}}
              headers: {request: {set: {":authority": route-authority}}}
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "route-authority" }),
        new("set host header in route and multi destination", Yaml.VirtualService("c", """
            - route:
              - destination: {host: c}
                headers: {request: {set: {Host: dest-authority}}}
                weight: 50
              - destination: {host: c}
                weight: 50
              headers: {request: {set: {":authority": route-authority}}}
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "route-authority", Times = 20 }),
        new("set host header multi destination", Yaml.VirtualService("c", """
            - route:
              - destination: {host: c}
                headers: {request: {set: {Host: dest-authority}}}
                weight: 50
              - destination: {host: c}
                headers: {request: {set: {Host: dest-authority}}}
                weight: 50
            """), new Call { Url = "http://c/", By = "c-v1", SawHost = "dest-authority", Times = 20 }),
        new("redirect", Yaml.VirtualService("c", """
            - match: [{uri: {exact: /foo}}]
              redirect: {uri: /new/path}
            - match: [{uri: {exact: /new/path}}]
              route: [{destination: {host: c}}]
            """), new Call { Url = "http://c/foo?key=value", FollowRedirects = true, By = "c-v1", SawTarget = "/new/path?key=value" }),
        new("redirect port and scheme", Yaml.VirtualService("c", """
            - match: [{uri: {exact: /foo}}]
              redirect: {derivePort: FROM_REQUEST_PORT, scheme: https}
            """), new Call { Url = "http://c/foo", Status = 301, Location = "https://c:80/foo" }),
        new("redirect request port", Yaml.VirtualService("b", """
            - match: [{uri: {exact: /foo}}]
              redirect: {derivePort: FROM_REQUEST_PORT}
            """),
            new Call { Name = "to default", Url = "http://b/foo", Status = 301, Location = "http://b/foo" },
            new Call
            {
                Name = "to default with host port",
                Url = "http://b/foo",
                Host = "b:80",
                Status = 301,
                Location = "http://b:80/foo",
            },
            new Call { Name = "non-default with host port", Url = "http://b:85/foo", Host = "b:85", Status = 301,
                Location = "http://b:85/foo" }),
        new("redirect prefix_rewrite", Yaml.VirtualService("c", """
            - match: [{uri: {prefix: /foo/}}]
              redirect: {prefixRewrite: /new/}
            - match: [{uri: {prefix: /new/}}]
              route: [{destination: {host: c}}]
            """), new Call { Url = "http://c/foo/bar", FollowRedirects = true, By = "c-v1", SawTarget = "/new/bar" }),
        new("weird header matches", Yaml.VirtualService("c", """
            - match: [{headers: {"<absurdheader>": {exact: why}}}]
              route: [{destination: {host: c}}]
            """.Fill(("absurdheader", AbsurdHeader))),
            new Call { Name = "no match", Url = "http://c/", Status = 404 },
            new Call { Name = "match", Url = "http://c/", Headers = new Dictionary<string, string> { [AbsurdHeader] = "why" },
                By = "c-v1" }),
        new("pseudo header matches", Yaml.VirtualService("c", """
            - match: [{headers: {":method": {exact: GET}}}]
              route: [{destination: {host: c}}]
            """),
            new Call { Name = "no match", Url = "http://c/", Method = "POST", Status = 404 },
            new Call { Name = "match", Url = "http://c/", By = "c-v1" }),
        new("rewrite uri", Yaml.VirtualService("c", """
            - match: [{uri: {exact: /foo}}]
              rewrite: {uri: /new/path}
              route: [{destination: {host: c}}]
            """), new Call { Url = "http://c/foo?key=value#hash", By = "c-v1", SawTarget = "/new/path?key=value" }),
        new("rewrite authority", Yaml.VirtualService("c", """
            - match: [{uri: {exact: /foo}}]
              rewrite: {authority: new-authority}
              route: [{destination: {host: c}}]
            """), new Call { Url = "http://c/foo", By = "c-v1", SawHost = "new-authority" }),
    ];
}
