using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Where a redirect points.</summary>
internal static class RedirectRows
{
    public static IReadOnlyList<Case> All { get; } =
    [
        To("301 unless told otherwise", "{uri: /new}", 301, "http://c:9080/new?q=1"),
        To("302", "{uri: /new, redirectCode: 302}", 302, "http://c:9080/new?q=1"),
        To("303", "{uri: /new, redirectCode: 303}", 303, "http://c:9080/new?q=1"),
        To("307", "{uri: /new, redirectCode: 307}", 307, "http://c:9080/new?q=1"),
        To("308", "{uri: /new, redirectCode: 308}", 308, "http://c:9080/new?q=1"),
        To("another authority", "{authority: other.example}", 301, "http://other.example/old/x?q=1"),
        To("another scheme keeps a port of its own", "{scheme: https}", 301, "https://c:9080/old/x?q=1"),
        To("another scheme drops the port that the old one implied", "{scheme: https}", 301, "https://p/old/x?q=1", "p"),
        To("another port", "{port: 8443}", 301, "http://c:8443/old/x?q=1"),
        To("port 443 with https is not written", "{scheme: https, authority: other.example, port: 443}", 301,
            "https://other.example/old/x?q=1"),
        To("port 80 with http is not written", "{authority: other.example, port: 80}", 301, "http://other.example/old/x?q=1"),
        To("port 80 with https is written", "{scheme: https, authority: other.example, port: 80}", 301,
            "https://other.example:80/old/x?q=1"),
        To("the request's port", "{authority: other.example, derivePort: FROM_REQUEST_PORT}", 301, "http://other.example:9080/old/x?q=1"),
        To("the protocol's port", "{authority: other.example, derivePort: FROM_PROTOCOL_DEFAULT}", 301, "http://other.example/old/x?q=1"),
        To("a prefix", "{prefixRewrite: /new}", 301, "http://c:9080/new/x?q=1"),
        To("a new path with a query of its own", "{uri: \"/new?own=1\"}", 301, "http://c:9080/new?own=1"),
    ];

    private static Case To(string name, string redirect, int status, string location, string service = "c") => new(
        $"redirect: {name}", Yaml.VirtualService(service, """
        - match: [{uri: {prefix: /old}}]
          redirect: <redirect>
        """.Fill(("redirect", redirect))), new Call
        {
            Url = $"http://{service}:9080/old/x?q=1",
            Host = service == "p" ? "p:80" : null,
            Status = status,
            By = "",
            Location = location,
        });
}
