using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>
/// Several VirtualServices for one host of a gateway are one list of routes, in which those that take everything come last.
/// </summary>
internal static class SortCases
{
    public static Suite Suite { get; } = new(RouteSuites.File, "TestSortVHostRoutes")
    {
        Rows =
        [
            new("routes with catchall match", Yaml.All(
                Yaml.Gateway(),
                To("first", "{uri: {prefix: /}}", "c", 8484),
                To("second", "{uri: {exact: /path1}}, {uri: {prefix: /prefix1}}, {uri: {regex: \".*?regex1\"}}", "example1", 8080)),
                By("/path1", "example1-v1"), By("/prefix1/x", "example1-v1"), By("/x/regex1", "example1-v1"), By("/other", "c-v1")),
            new("routes without catchall match", Yaml.All(
                Yaml.Gateway(),
                To("first", "{uri: {exact: /path12}}, {uri: {prefix: /prefix12}}, {uri: {regex: \".*?regex12\"}}", "c", 8484),
                To("second", "{uri: {regex: \".*\"}, headers: {foo: {exact: bar}}}", "example1", 8080)),
                By("/path12", "c-v1", "bar"), By("/prefix12/x", "c-v1", "bar"), By("/x/regex12", "c-v1", "bar"),
                    By("/other", "example1-v1", "bar")),
        ],
    };

    private static string To(string name, string match, string service, int port) => Yaml.VirtualService("shop.example.com", """
        - match: [<match>]
          route: [{destination: {host: <service>, port: {number: <port>}}}]
        """.Fill(("match", match), ("service", service), ("port", port)), name, "gateway");

    private static Call By(string path, string release, string? foo = null) => new()
    {
        From = EchoMesh.Gateway,
        Url = "http://shop.example.com" + path,
        Headers = foo is null ? [] : new Dictionary<string, string> { ["foo"] = foo },
        By = release,
    };
}
