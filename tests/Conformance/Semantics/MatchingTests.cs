using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Each row: one entry of a match, requests that it takes (418), and requests that it does not (404).</summary>
public sealed class MatchingTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    private static readonly IReadOnlyList<Case> Statements =
    [
        new("the first rule that matches wins", Yaml.VirtualService("c", """
            - match: [{uri: {prefix: /a}}]
              directResponse: {status: 418}
            - match: [{uri: {exact: /ab}}]
              directResponse: {status: 419}
            - directResponse: {status: 420}
            - match: [{uri: {exact: /z}}]
              directResponse: {status: 421}
            """), Sent("/ab", 418), Sent("/b", 420), Sent("/z", 420)),
        new("entries are OR", Rule("{uri: {exact: /a}}, {method: {exact: DELETE}}"), Yes("/a"), Yes("/b", method: "DELETE"), No("/b")),
        new("fields of one entry are AND", Rule("{uri: {exact: /a}, method: {exact: DELETE}, headers: {x: {exact: one}}}"),
            Yes("/a", "x: one", "DELETE"), No("/a", "x: one"), No("/a", method: "DELETE"), No("/b", "x: one", "DELETE")),
        new("headers of one entry are AND", Rule("{headers: {x: {exact: one}, z: {exact: w}}}"), Yes("/", "x: one; z: w"),
            No("/", "x: one"), No("/", "z: w")),
        new("an entry without fields takes everything", Rule("{name: all}"), Yes("/"), Yes("/any?x=y", "x: one", "PUT")),
        new("no rule matches: 404 and NR", Rule("{uri: {exact: /a}}"),
            new Call { Url = "http://c:9080/b", Status = 404, By = "", Text = "", Flag = "NR" }),
        new("uri prefix: characters, not segments", Rule("{uri: {prefix: /rev}}"), Yes("/rev"), Yes("/reviews"), Yes("/rev/iews"),
            No("/re"), No("/x/rev")),
        new("uri prefix with a slash at its end", Rule("{uri: {prefix: /rev/}}"), Yes("/rev/"), Yes("/rev/x"), No("/rev")),
        new("uri exact: the path without the query", Rule("{uri: {exact: /a}}"), Yes("/a"), Yes("/a?b=c"), Yes("/a?"), No("/a/"), No("/A"),
            No("/ab")),
        new("uri prefix looks only at the path", Rule("{uri: {prefix: \"/a?\"}}"), No("/a?b"), No("/a")),
        new("uri regex: the whole path", Rule("{uri: {regex: \"/a[0-9]+\"}}"), Yes("/a1"), Yes("/a12?x=y"), No("/a1/"), No("/xa1"),
            No("/a1b"), No("/a")),
        new("uri regex: each alternative is anchored", Rule("{uri: {regex: \"/a|/b\"}}"), Yes("/a"), Yes("/b"), No("/ab"), No("/x/b"),
            No("/a/x")),
        new("uri regex: anchors of its own", Rule("{uri: {regex: \"^/a.*$\"}}"), Yes("/a"), Yes("/abc"), No("/b")),
        new("uri regex: a dot is any character", Rule("{uri: {regex: \"/a.c\"}}"), Yes("/abc"), Yes("/a.c"), No("/ac")),
        new("the path is compared as it came, escapes and all", Rule("{uri: {exact: \"/a%20b\"}}"), Yes("/a%20b"), No("/a+b")),
        new("ignoreUriCase: exact", Rule("{uri: {exact: /Abc}, ignoreUriCase: true}"), Yes("/abc"), Yes("/ABC"), No("/abcd")),
        new("ignoreUriCase: prefix", Rule("{uri: {prefix: /Abc}, ignoreUriCase: true}"), Yes("/abcd"), Yes("/ABC/x"), No("/ab")),
        new("ignoreUriCase does not change a regex", Rule("{uri: {regex: /Abc}, ignoreUriCase: true}"), Yes("/Abc"), No("/abc")),
        new("ignoreUriCase does not change headers", Rule("{uri: {exact: /Abc}, headers: {x: {exact: One}}, ignoreUriCase: true}"),
            Yes("/abc", "x: One"),
            No("/abc", "x: one")),
        new("header exact: with case", Rule("{headers: {x: {exact: True-story}}}"), Yes("/", "x: True-story"), Yes("/", "X: True-story"),
            No("/", "x: true-story"),
            No("/", "x: True-story!"), No("/")),
        new("a header's name in the rule ignores case", Rule("{headers: {X-Some: {exact: one}}}"), Yes("/", "x-some: one"),
            Yes("/", "X-SOME: one")),
        new("header prefix", Rule("{headers: {x: {prefix: ab}}}"), Yes("/", "x: abc"), Yes("/", "x: ab"), No("/", "x: a"),
            No("/", "x: xab"), No("/")),
        new("header regex: the whole value", Rule("{headers: {x: {regex: \"a+\"}}}"), Yes("/", "x: aaa"), No("/", "x: aab"),
            No("/", "x: baa"), No("/")),
        new("header: an empty matcher means present", Rule("{headers: {x: {}}}"), Yes("/", "x: any"), Yes("/", "x: "), No("/", "y: any")),
        new("header regex *: present", Rule("{headers: {x: {regex: \"*\"}}}"), Yes("/", "x: any"), No("/")),
        new("header regex .*: wants the header, empty or not", Rule("{headers: {x: {regex: \".*\"}}}"), Yes("/", "x: any"), Yes("/", "x: "),
            No("/")),
        new("withoutHeaders: present", Rule("{withoutHeaders: {x: {}}}"), No("/", "x: any"), No("/", "x: "), Yes("/")),
        new("withoutHeaders exact: a missing header counts as empty", Rule("{withoutHeaders: {x: {exact: one}}}"), No("/", "x: one"),
            Yes("/", "x: z"), Yes("/")),
        new("withoutHeaders prefix", Rule("{withoutHeaders: {x: {prefix: one}}}"), No("/", "x: one-two"), Yes("/", "x: two"), Yes("/")),
        new("withoutHeaders regex: what takes the empty value takes a missing header", Rule("{withoutHeaders: {x: {regex: \".*\"}}}"),
            No("/", "x: one"), No("/")),
        new("headers and withoutHeaders together", Rule("{headers: {x: {exact: one}}, withoutHeaders: {z: {}}}"), Yes("/", "x: one"),
            No("/", "x: one; z: w"),
            No("/")),
        new("method: with case", Rule("{method: {exact: get}}"), No("/")),
        new("method regex: the whole method", Rule("{method: {regex: \"PUT|POS\"}}"), Yes("/", method: "PUT"), No("/", method: "POST"),
            No("/")),
        new("method prefix", Rule("{method: {prefix: P}}"), Yes("/", method: "PUT"), Yes("/", method: "PATCH"), No("/")),
        new("authority is the Host header, port and all", Rule("{authority: {exact: \"c:9080\"}}"), Yes("/"),
            new Call { Url = "http://c:9080/", Host = "c", Status = 404 }),
        new("authority: with case", Rule("{authority: {prefix: C}}"), No("/")),
        new("scheme http", Rule("{scheme: {exact: http}}"), Yes("/")),
        new("scheme https is not what came", Rule("{scheme: {exact: https}}"), No("/")),
        new("queryParams exact", Rule("{queryParams: {q: {exact: x}}}"), Yes("/?q=x"), Yes("/?a=b&q=x&c=d"), No("/?q=xy"), No("/?Q=x"),
            No("/?q="), No("/")),
        new("queryParams: the first of several counts", Rule("{queryParams: {q: {exact: x}}}"), Yes("/?q=x&q=y"), No("/?q=y&q=x")),
        new("queryParams prefix", Rule("{queryParams: {q: {prefix: x}}}"), Yes("/?q=xyz"), No("/?q=yx")),
        new("queryParams regex: the whole value", Rule("{queryParams: {q: {regex: \"[0-9]+\"}}}"), Yes("/?q=12"), No("/?q=12a"), No("/")),
        new("queryParams: an empty matcher means present", Rule("{queryParams: {q: {}}}"), Yes("/?q=1"), Yes("/?q="), Yes("/?q"),
            No("/?qq=1")),
        new("queryParams are AND", Rule("{queryParams: {q: {exact: x}, r: {exact: w}}}"), Yes("/?r=w&q=x"), No("/?q=x")),
        new("pseudo headers", Rule("{headers: {\":path\": {prefix: /a}, \":method\": {exact: GET}}}"), Yes("/a?b"), No("/b"),
            No("/a", method: "PUT")),
        new("pseudo headers of withoutHeaders", Rule("{withoutHeaders: {\":method\": {exact: GET}}}"), Yes("/", method: "PUT"), No("/")),
        new("regex: look-around is refused", Rule("{uri: {regex: \"/(?!a).*\"}}")) { Refused = "uri" },
        new("regex: a back-reference is refused", Rule("{uri: {regex: \"/(a)\\\\1\"}}")) { Refused = "uri" },
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Match_OnTheRunningMesh_TakesWhatIstioTakes(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(string entries) => Yaml.VirtualService("c", $"- match: [{entries}]\n  directResponse: {{status: 418}}");

    private static Call Yes(string target, string headers = "", string method = "GET") => Sent(target, 418, headers, method);

    private static Call No(string target, string headers = "", string method = "GET") => Sent(target, 404, headers, method);

    /// <param name="target">Path and query.</param>
    /// <param name="status">Expected status.</param>
    /// <param name="headers"><c>name: value; name: value|second value</c>.</param>
    /// <param name="method">HTTP method.</param>
    private static Call Sent(string target, int status, string headers = "", string method = "GET") => new()
    {
        Url = "http://c:9080" + target,
        Method = method,
        Status = status,
        Headers = headers.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(header => header.Split(": "))
            .ToDictionary(header => header[0], header => header[1]),
    };
}
