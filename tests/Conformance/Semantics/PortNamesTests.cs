using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>
/// What the name of a port decides (<c>pkg/config/kube/conversion.go: ConvertProtocol</c>,
/// <c>pilot/pkg/networking/core/cluster_builder.go: setUpstreamProtocol</c> of istio/istio).
/// </summary>
public sealed class PortNamesTests(PortNamesTests.PortsMesh running) : IClassFixture<PortNamesTests.PortsMesh>
{
    private static readonly string Teapot = Yaml.All(
        Rule("plain"), Rule("unnamed"), Rule("bytes"), Rule("mongo"));

    private static readonly IReadOnlyList<Case> Statements =
    [
        new("http: HTTP/2 of the caller goes on as HTTP/1.1", "",
            Get("plain") with { Http = HttpVersion.Version20, SawProtocol = "HTTP/1.1" }),
        new("without a name: HTTP/1.1 of the caller stays HTTP/1.1", "", Get("unnamed") with { SawProtocol = "HTTP/1.1" }),
        new("without a name: HTTP/2 of the caller stays HTTP/2", "",
            Get("h2") with { Http = HttpVersion.Version20, SawProtocol = "HTTP/2" }),
        new("without a name: rules hold, because HTTP is detected", Teapot, Get("unnamed") with { Status = 418 }),
        new("http: rules hold", Teapot, Get("plain") with { Status = 418 }),
        new("tcp: no rule for HTTP holds", Teapot, Get("bytes") with { By = "bytes-v1" }),
        new("mongo: no rule for HTTP holds", Teapot, Get("mongo") with { By = "mongo-v1" }),
        new("tcp: the gateway's own rules hold, which lead there", Yaml.All(
            Yaml.Gateway(),
            Yaml.VirtualService("shop.example.com", "- route: [{destination: {host: bytes}}]\n  headers: {response: {set: {x-seen: yes}}}",
                gateways: "gateway").Replace("x-seen: yes", "x-seen: \"1\"", StringComparison.Ordinal)),
            new Call
            {
                From = EchoMesh.Gateway,
                Url = "http://shop.example.com/",
                By = "bytes-v1",
                Answer = new Dictionary<string, string?> { ["x-seen"] = "1" },
            }),
    ];

    public static IEnumerable<TheoryDataRow<string>> Rows => Table.Of(Statements);

    [Theory]
    [MemberData(nameof(Rows))]
    public Task PortName_OfAService_DecidesAsInIstio(string row) => running.Mesh.RunAsync(Table.Find(Statements, row));

    private static string Rule(string host) => Yaml.VirtualService(host, "- directResponse: {status: 418}", host);

    private static Call Get(string host) => new() { Url = $"http://{host}:9080/" };

    /// <summary>Services whose ports are named http, tcp, mongo and not at all.</summary>
    public sealed class PortsMesh() : RunningMesh(() => EchoMesh.StartAsync(
        [
            EchoApp.Of("a"), EchoApp.Of("plain"), EchoApp.Of("unnamed"), EchoApp.Of("h2", http2: true), EchoApp.Of("bytes"),
            EchoApp.Of("mongo"),
        ],
        [
            new MeshService("plain", 9080), new MeshService("unnamed", 9080, ""), new MeshService("h2", 9080, ""),
            new MeshService("bytes", 9080, "tcp"), new MeshService("mongo", 9080, "mongo"),
        ]));
}
