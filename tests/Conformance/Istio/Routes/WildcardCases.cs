using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routes;

/// <summary>VirtualServices whose hosts are wildcards, one within the other.</summary>
internal static class WildcardCases
{
    private static readonly string Rules = Yaml.All(
        Yaml.ServiceEntry("wildcard", "hosts: [\"*.example.org\"]\nresolution: NONE\nports: [{number: 8080, name: http, protocol: HTTP}]"),
        Yaml.ServiceEntry("nested",
            "hosts: [goodbye.hello.example.org]\nresolution: DNS\nports: [{number: 8080, name: http, protocol: HTTP}]"),
        Yaml.VirtualService("\"*.example.org\"", "- route: [{destination: {host: example1, port: {number: 8080}}}]", "wildcard"),
        Yaml.VirtualService("\"*.hello.example.org\"", "- route: [{destination: {host: example2, port: {number: 8080}}}]",
            "nested-wildcard"),
        Yaml.VirtualService("\"*.google.com\"",
            "- match: [{uri: {prefix: /}}]\n  route: [{destination: {host: c.default.svc.cluster.local}}]", "google-wildcard"));

    public static IReadOnlyList<Case> Rows { get; } =
    [
        new("for virtualservices and services with overlapping wildcard hosts", Rules,
            new Call { Url = "http://any.example.org:8080/", By = "example1-v1" },
            new Call { Url = "http://goodbye.hello.example.org:8080/", By = "example2-v1" }),
        new("for virtualservices with with wildcard hosts outside of the serviceregistry (on port 80)", Rules,
            new Call { Url = "http://mail.google.com/", By = "c-v1" }),
    ];
}
