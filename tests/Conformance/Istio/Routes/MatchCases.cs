using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>Which requests a route takes.</summary>
internal static class MatchCases
{
    private const string Redirect = "redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 308}";

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for virtual service with catch all route", Yaml.VirtualService("c", """
            - name: route
              match:
              - {name: non-catch-all, uri: {prefix: /route/v1}}
              - {name: catch-all, uri: {prefix: /}}
              route: [{destination: {host: c, port: {number: 8484}}, weight: 100}]
            """),
            new Call { Url = "http://c:8484/route/v1/x", By = "c-v1", Route = "route.non-catch-all" },
            new Call { Url = "http://c:8484/other", By = "c-v1", Route = "route.catch-all" }),
        new("for virtual service with catch all route：port match", Yaml.VirtualService("example1", """
            - name: route 1
              match: [{name: catch-all for 8080, port: 8080}]
              route: [{destination: {host: example1.default.svc.cluster.local, port: {number: 8080}}}]
            - name: route 2
              match: [{name: header match, headers: {cookie: {exact: canary}}}]
              route: [{destination: {host: example2.default.svc.cluster.local, port: {number: 8080}}}]
            - name: route 3
              route: [{destination: {host: example1.default.svc.cluster.local, port: {number: 8080}}}]
            """),
            new Call
            {
                Url = "http://example1:8080/",
                Headers = new Dictionary<string, string> { ["Cookie"] = "canary" },
                By = "example1-v1",
            }),
        new("for virtual service with top level catch all route", Yaml.All(Yaml.Subsets("split", "v1", "v2"), Yaml.VirtualService("split", """
            - match: [{name: headers-only, headers: {version: {exact: v2}}, sourceLabels: {version: v1}}]
              route: [{destination: {host: split, subset: v2}, weight: 100}]
            - route: [{destination: {host: split, subset: v1}, weight: 100}]
            """)),
            new Call
            {
                From = "caller-v9-0",
                Url = "http://split/",
                Headers = new Dictionary<string,
                string> { ["version"] = "v2" },
                By = "split-v1",
            },
            new Call { From = "a-v1-0", Url = "http://split/", Headers = new Dictionary<string, string> { ["version"] = "v2" },
                By = "split-v2" }),
        new("for virtual service with multi prefix catch all route", Yaml.VirtualService("c", """
            - match:
              - {name: catch-all, uri: {prefix: /}, sourceLabels: {matchingNoSrc: xxx}}
              - {name: specific match, uri: {prefix: /a}}
              route: [{destination: {host: c, port: {number: 8484}}, weight: 100}]
            """),
            new Call { Url = "http://c:8484/a", By = "c-v1" },
            new Call { Url = "http://c:8484/b", Status = 404, Flag = "NR" }),
        Matching("for virtual service with regex matching on URI", """uri: {regex: "\\/(.?)\\/status"}""",
            Yes("/a/status"), Yes("//status"), No("/ab/status"), No("/a/status/more")),
        Matching("for virtual service with regex matching on header", """headers: {Authentication: {regex: "Bearer .+?\\..+?\\..+?"}}""",
            Yes("/", ("Authentication", "Bearer a.b.c")), No("/", ("Authentication", "Bearer a.b")),
                No("/", ("Authentication", "Basic a.b.c")), No("/")),
        Matching("for virtual service with regex matching on without_header", """withoutHeaders: {FOO-HEADER: {regex: "BAR """
            + """.+?\\..+?\\..+?"}}""",
            No("/", ("FOO-HEADER", "BAR a.b.c")), Yes("/", ("FOO-HEADER", "BAR")), Yes("/")),
        // Istio's other case of it has no matcher at all, which YAML cannot say: a null there is refused by the API server.
        Matching("for virtual service with presence matching on header", "headers: {FOO-HEADER: {}}",
            Yes("/", ("foo-header", "any")), Yes("/", ("foo-header", "")), No("/")),
        Matching("for virtual service with presence matching on header and without_header", "withoutHeaders: {FOO-HEADER: {}}",
            No("/", ("foo-header", "any")), Yes("/")),
        Matching("for virtual service with regex matching for all cases on header", """headers: {FOO-HEADER: {regex: "*"}}""",
            Yes("/", ("foo-header", "any")), No("/")),
        Matching("for virtual service with exact matching on query parameter", "queryParams: {token: {exact: foo}}",
            Yes("/?token=foo"), Yes("/?a=b&token=foo"), No("/?token=foo-"), No("/?Token=foo"), No("/")),
        Matching("for virtual service with prefix matching on query parameter", "queryParams: {token: {prefix: foo-}}",
            Yes("/?token=foo-1"), No("/?token=foo"), No("/")),

        // Envoy compares the value as it came over the wire, where no space can stand.
        Matching("for virtual service with regex matching on query parameter", """queryParams: {token: {regex: "BAR .+?\\..+?\\..+?"}}""",
            No("/?token=BAR%20a.b.c"), No("/?token=BAR+a.b.c"), No("/")),
        Matching("for virtual service with regex matching on query parameter", """queryParams: {token: {regex: "BAR%20.+?\\..+?\\..+?"}}""",
            Yes("/?token=BAR%20a.b.c"), No("/?token=BAR%20a.b"), No("/")) with
        { Variant = "a space as it stands in a URL" },
        Matching("for virtual service with regex matching for all cases on query parameter", """queryParams: {token: {regex: "*"}}""",
            Yes("/?token=any"), Yes("/?token"), No("/?other=token")),
        new("for virtual service with source namespace matching", Yaml.VirtualService("c.default.svc.cluster.local", """
            - name: foo
              match: [{sourceNamespace: foo}]
              redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 308}
            - name: bar
              match: [{sourceNamespace: bar}]
              redirect: {uri: example.org, authority: some-authority.default.svc.cluster.local, redirectCode: 308}
            """),
            new Call { From = "foo-v1-0", Url = "http://c.default:8484/", Status = 308, Route = "foo" },
            new Call { From = "bar-v1-0", Url = "http://c.default:8484/", Status = 308, Route = "bar" },
            
            // A VirtualService none of whose routes is for a caller does not exist for it.
            new Call { From = "a-v1-0", Url = "http://c.default:8484/", By = "c-v1" }),
    ];

    private static Case Matching(string name, string match, params IReadOnlyList<Call> calls) =>
        new(name, Yaml.VirtualService("c", """
            - match: [{name: it, <match>}]
              <redirect>
            """.Fill(("match", match), ("redirect", Redirect))), calls);

    private static Call Yes(string target, params IEnumerable<(string Name, string Value)> headers) => Sent(target, 308, headers);

    private static Call No(string target, params IEnumerable<(string Name, string Value)> headers) => Sent(target, 404, headers);

    private static Call Sent(string target, int status, IEnumerable<(string Name, string Value)> headers) => new()
    {
        Url = "http://c:8484" + target,
        Headers = headers.ToDictionary(header => header.Name, header => header.Value),
        Status = status,
    };
}
