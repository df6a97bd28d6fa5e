using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>What of the path is rewritten, and the slash traps.</summary>
internal static class RewriteRows
{
    public static IReadOnlyList<Case> All { get; } =
    [
        Path("a prefix is replaced, the rest stays", "{uri: {prefix: /foo}}", "{uri: /bar}", ("/foo/x?q=1", "/bar/x?q=1"),
            ("/foobar", "/barbar"), ("/foo", "/bar")),
        Path("/foo/ to / is right for what lies below", "{uri: {prefix: /foo/}}", "{uri: /}", ("/foo/x", "/x"), ("/foo/", "/")),
        Path("/foo to / doubles the slash", "{uri: {prefix: /foo}}", "{uri: /}", ("/foo/x", "//x"), ("/foo", "/")),
        Path("an exact match rewrites the whole path", "{uri: {exact: /foo}}", "{uri: /bar/x}", ("/foo?q=1", "/bar/x?q=1")),
        Path("a regex match rewrites the whole path", "{uri: {regex: \"/foo/.*\"}}", "{uri: /bar}", ("/foo/x/y?q=1", "/bar?q=1")),
        Path("a prefix that ignores case is replaced as it came", "{uri: {prefix: /foo}, ignoreUriCase: true}", "{uri: /bar}",
            ("/FOO/x", "/bar/x")),
        Path("without a match of the path, the prefix is /", "{name: all}", "{uri: /bar/}", ("/x", "/bar/x")),
        Path("uriRegexRewrite replaces every match, with groups", "{uri: {prefix: /}}", """{uriRegexRewrite: {match: "/v[0-9]+/([a-z]+)","""
            + """ rewrite: "/\\1/latest"}}""",
            ("/v1/books/7", "/books/latest/7"), ("/other", "/other")),
        Path("the query is not part of a rewrite", "{uri: {prefix: /foo}}", "{uri: /bar}", ("/foo?next=/foo", "/bar?next=/foo")),
        new("a rewrite of only the authority leaves the path", Rule("{name: all}", "{authority: other.example}"),
            new Call { Url = "http://c:9080/x?q=1", By = "c-v1", SawHost = "other.example", SawTarget = "/x?q=1" }),
        new("without a rewrite the Host stays", "", new Call { Url = "http://c:9080/", By = "c-v1", SawHost = "c:9080" }),
    ];

    private static Case Path(string name, string match, string rewrite, params (string Sent, string Seen)[] paths) =>
        new(name, Rule(match, rewrite),
            [.. paths.Select(path => new Call { Url = "http://c:9080" + path.Sent, By = "c-v1", SawTarget = path.Seen })]);

    private static string Rule(string match, string rewrite) => Yaml.VirtualService("c", """
        - match: [<match>]
          rewrite: <rewrite>
          route: [{destination: {host: c}}]
        """.Fill(("match", match), ("rewrite", rewrite)));
}
