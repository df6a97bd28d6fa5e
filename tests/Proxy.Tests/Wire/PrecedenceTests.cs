using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Which of several resources for one host wins (<c>pilot/pkg/model/config.go: configCompareByCreationTime</c>).</summary>
public sealed class PrecedenceTests
{
    private static string VirtualService(
        string name, int status, string metadata = "", string spec = "hosts: [reviews]", string match = "/") => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: {{name}}{{metadata}} }
        spec:
          {{spec}}
          http:
          - match: [{uri: {prefix: {{match}} } }]
            directResponse: {status: {{status}} }
        ---

        """;

    private static string Gateway(string name, int port, string @namespace = "default") => $$"""
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: {{@namespace}} }
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: {{port}}, name: http, protocol: HTTP}, hosts: ['*']}]
        ---

        """;

    private static string DestinationRule(string name, string version) => $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: {{name}} }
        spec: {host: reviews, subsets: [{name: chosen, labels: {version: {{version}} } }]}
        ---

        """;

    private static async Task<TestMesh> StartAsync(string rules)
    {
        var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.AddAsync("reviews", "v2");
        await mesh.StartAsync(rules);
        return mesh;
    }

    private static async Task<int> StatusAsync(HttpClient client, string url) => (int)(await client.GetAsync(url)).StatusCode;

    [Theory]
    [InlineData(", creationTimestamp: '2026-01-02T00:00:00Z'", ", creationTimestamp: '2026-01-01T00:00:00Z'", 202)]
    [InlineData(", creationTimestamp: '2026-01-01T00:00:00Z'", ", creationTimestamp: '2026-01-02T00:00:00Z'", 201)]
    [InlineData(", creationTimestamp: '2026-01-01T00:00:00Z'", "", 202)]
    [InlineData("", "", 201)]
    public async Task MeshHost_SeveralVirtualServices_TheOldestThenTheSmallestName(string first, string second, int expected)
    {
        await using var mesh = await StartAsync(VirtualService("zzz", 202, second) + VirtualService("aaa", 201, first));

        Assert.Equal(expected, await StatusAsync(mesh.Client(), "http://reviews:9080/"));
    }

    [Fact]
    public async Task MeshHost_SameName_TheSmallestNamespace()
    {
        await using var mesh = await StartAsync(
            VirtualService("same", 202, ", namespace: b", "hosts: [reviews.default.svc.cluster.local]")
            + VirtualService("same", 201, ", namespace: a", "hosts: [reviews.default.svc.cluster.local]"));

        Assert.Equal(201, await StatusAsync(mesh.Client(), "http://reviews:9080/"));
    }

    [Fact]
    public async Task GatewayHost_SeveralVirtualServices_RoutesOfTheSmallestNameFirst()
    {
        await using var mesh = await StartAsync(
            Gateway("gw", 80)
            + VirtualService("zzz", 202, spec: "hosts: ['*']\n  gateways: [gw]", match: "/a")
            + VirtualService("aaa", 201, spec: "hosts: ['*']\n  gateways: [gw]", match: "/a"));

        Assert.Equal(201, await StatusAsync(mesh.GatewayClient(), "http://example.org/a"));
    }

    [Fact]
    public async Task Subset_InSeveralDestinationRules_OfTheSmallestName()
    {
        await using var mesh = await StartAsync(DestinationRule("zzz", "v2") + DestinationRule("aaa", "v1") + """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{route: [{destination: {host: reviews, subset: chosen} }]}]}
            """);

        Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync("http://reviews:9080/"));
    }

    [Theory]
    [InlineData("http://example.org/a", 201)]
    [InlineData("http://example.org/b", 404)]
    [InlineData("http://example.org:8080/a", 404)]
    [InlineData("http://example.org:8080/b", 202)]
    [InlineData("http://example.org:9999/a", 201)]
    public async Task Gateway_SeveralPorts_RoutesOfEachStayItsOwn(string url, int expected)
    {
        await using var mesh = await StartAsync(
            Gateway("g1", 80) + Gateway("g2", 8080)
            + VirtualService("x", 201, spec: "hosts: ['*']\n  gateways: [g1]", match: "/a")
            + VirtualService("xx", 202, spec: "hosts: ['*']\n  gateways: [g2]", match: "/b"));

        Assert.Equal(expected, await StatusAsync(mesh.GatewayClient(), url));
    }

    [Theory]
    [InlineData("gw.istio-system.svc.cluster.local", 201)]
    [InlineData("gw.istio-system", 201)]
    [InlineData("istio-system/gw", 201)]
    [InlineData("gw", 404)]
    public async Task Gateway_NamedInAnyForm_IsTheSame(string name, int expected)
    {
        await using var mesh = await StartAsync(
            Gateway("gw", 80, "istio-system") + VirtualService("v", 201, spec: $"hosts: [example.org]\n  gateways: [{name}]"));

        Assert.Equal(expected, await StatusAsync(mesh.GatewayClient(), "http://example.org/"));
    }

    [Theory]
    [InlineData("sourceNamespace: default", "uri: {prefix: /x}", HttpStatusCode.NotFound)]
    [InlineData("sourceNamespace: default", "uri: {prefix: /x}, sourceNamespace: default", HttpStatusCode.OK)]
    [InlineData("uri: {prefix: /}", "uri: {prefix: /x}, sourceNamespace: default", HttpStatusCode.OK)]
    [InlineData("gateways: [mesh]", "uri: {prefix: /x}, gateways: [mesh]", HttpStatusCode.OK)]
    [InlineData("gateways: [mesh]", "uri: {prefix: /x}, gateways: [mesh, mesh]", HttpStatusCode.NotFound)]
    [InlineData("gateways: [gw, mesh]", "uri: {prefix: /x}, gateways: [mesh]", HttpStatusCode.OK)]
    [InlineData("gateways: [gw, mesh]", "uri: {prefix: /x}, gateways: [default/gw, mesh]", HttpStatusCode.OK)]
    [InlineData("gateways: [mesh]", "uri: {prefix: /x}, gateways: [gw]", HttpStatusCode.NotFound)]
    [InlineData("uri: {regex: /x.*}", "uri: {prefix: /x}", HttpStatusCode.NotFound)]
    [InlineData("sourceLabels: {app: productpage}", "uri: {prefix: /x}, sourceLabels: {app: other}", HttpStatusCode.NotFound)]
    public async Task Delegate_WhoseMatchConflictsWithTheRoots_DoesNothing(string root, string leaf, HttpStatusCode expected)
    {
        await using var mesh = await StartAsync($$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: root}
            spec:
              hosts: [reviews]
              gateways: [mesh, gw]
              http:
              - match: [{ {{root}} }]
                delegate: {name: leaf}
              - directResponse: {status: 404}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: leaf}
            spec:
              http:
              - match: [{ {{leaf}} }]
                directResponse: {status: 200}
            """);

        Assert.Equal(expected, (await mesh.Client().GetAsync("http://reviews:9080/x")).StatusCode);
    }

    [Theory]
    [InlineData("extra.shop.svc.cluster.local", 200)]
    [InlineData("extra.shop.svc", 200)]
    [InlineData("extra.shop", 200)]
    [InlineData("extra", 502)]
    public async Task ServiceEntry_NamedLikeAService_HasItsShortNames(string host, int expected)
    {
        await using var mesh = new TestMesh();
        var backend = await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync($$"""
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: extra, namespace: shop}
            spec:
              hosts: [extra.shop.svc.cluster.local]
              ports: [{number: 80, name: http, protocol: HTTP}]
              resolution: STATIC
              endpoints: [{address: 127.0.0.1, ports: {http: {{backend.Address.Port}} } }]
            """, options => options with { OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly });

        Assert.Equal(expected, await StatusAsync(mesh.Client(), $"http://{host}/"));
    }
}
