using System.Net;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Istio.Routing;

/// <summary>Requests that come in by the ingress gateway.</summary>
internal static class GatewayCases
{
    private const string Host = "c.default.svc.cluster.local";

    public static Suite Suite { get; } = new(RoutingSuites.File, "gatewayCases")
    {
        Rows =
        [
            new("404", Yaml.Gateway(), new Call { From = EchoMesh.Gateway, Url = "http://foo.bar/", Status = 404, Flag = "NR" }),
            new("client protocol - http1", Yaml.All(Yaml.Gateway(), To(Host)),
                new Call { From = EchoMesh.Gateway, Url = $"http://{Host}/", By = "c-v1", SawProtocol = "HTTP/1.1" }),
            new("client protocol - http2", Yaml.All(Yaml.Gateway(), To(Host)), new Call
            {
                From = EchoMesh.Gateway,
                Url = $"http://{Host}/",
                Http = HttpVersion.Version20,
                By = "c-v1",
                SawProtocol = "HTTP/1.1",
                Saw = new Dictionary<string, string?> { ["X-Envoy-Peer-Metadata"] = null },
            }),
            new("wildcard hostname", Yaml.All(Yaml.Gateway("\"*.example.com\""), To("\"*.example.com\"", Host)),
                FromOutside("no port", "foo.example.com"),
                FromOutside("correct port", "foo.example.com:80"),
                FromOutside("random port", "foo.example.com:12345")),
            new("HTTP", Yaml.All(Yaml.Gateway(), To(Host)), new Call { From = EchoMesh.Gateway, Url = $"http://{Host}/", By = "c-v1" }),
            UseClient("auto-http", HttpVersion.Version20, "client2", 81), UseClient("auto-http", HttpVersion.Version11, "client1", 81),
            UseClient("http", HttpVersion.Version20, "client2", 80), UseClient("http", HttpVersion.Version11, "client1", 80),
            UseClient("http2", HttpVersion.Version20, "client2", 85), UseClient("http2", HttpVersion.Version11, "client1", 85),
            new("HTTP scheme match", Yaml.All(Yaml.Gateway(), Yaml.VirtualService(Host, """
                - route: [{destination: {host: <host>, port: {number: 80}}}]
                  match: [{scheme: {exact: http}}]
                  headers: {request: {add: {istio-custom-header: user-defined-value}}}
                """.Fill(("host", Host)), gateways: "gateway")), new Call
            {
                From = EchoMesh.Gateway,
                Url = $"http://{Host}/",
                By = "c-v1",
                Saw = new Dictionary<string, string?> { ["Istio-Custom-Header"] = "user-defined-value" },
            }),
        ],
        LeftOut =
        [
            new("TLS at the gateway", "cipher suite", "optional mTLS", "HTTPS", "HTTPS scheme match", "HTTPS re-encrypt"),
            new("`tls.httpsRedirect` belongs to the gateway's TLS settings", "https redirect", "http redirect when vs port specify https"),
            new("EnvoyFilter and the gateway's TLS settings", "https with x-forwarded-proto"),
        ],
    };

    private static string To(string host, string? destination = null) =>
        Yaml.VirtualService(
            host,
            """- route: [{destination: {host: <destinationhost>, port: {number: 80}}}]""".Fill(("destinationhost", destination ?? host)),
            gateways: "gateway");

    /// <summary>
    /// Istio's pods speak both versions; here client1 speaks only HTTP/1.1 and client2 HTTP/2, so a call in the other version would fail.
    /// </summary>
    private static Case UseClient(string port, Version version, string service, int number)
    {
        var host = $"{service}.default.svc.cluster.local";
        return new Case($"client protocol - http{version.Major} use client with {port}", Yaml.All(
            Yaml.Gateway(),
            Yaml.VirtualService(host,
                "- route: [{destination: {host: <host>, port: {number: <number>}}}]".Fill(("host", host), ("number", number)),
                    gateways: "gateway"),
            Yaml.DestinationRule(host, "trafficPolicy: {connectionPool: {http: {useClientProtocol: true}}}")), new Call
            {
                From = EchoMesh.Gateway,
                Url = $"http://{host}/",
                Http = version,
                By = $"{service}-v1",
                SawProtocol = version.Major == 2 ? "HTTP/2" : "HTTP/1.1",
                Saw = new Dictionary<string, string?> { ["X-Envoy-Peer-Metadata"] = null },
            });
    }

    private static Call FromOutside(string name, string host) => new()
    {
        Name = name,
        From = EchoMesh.Gateway,
        Url = "http://foo.example.com/",
        Host = host,
        Http = HttpVersion.Version20,
        By = "c-v1",
    };
}
