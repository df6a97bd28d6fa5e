using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// What the mesh writes on answers, and in which order with rules (<c>conn_manager_impl.cc: encodeHeaders</c>, <c>router.cc:
/// onUpstreamHeaders</c> of
/// envoyproxy/envoy; <c>pilot/pkg/networking/util/proxy_headers.go</c> of istio/istio).
/// </summary>
public sealed class ResponseHeaderTests
{
    private const string Rules = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: gateway}
        spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: ["reviews"]
          gateways: [gateway, mesh]
          http:
          - match: [{uri: {prefix: /direct}}]
            directResponse: {status: 200}
          - match: [{uri: {prefix: /set}}]
            headers: {response: {set: {server: mine, x-envoy-upstream-service-time: mine}}}
            route: [{destination: {host: reviews}}]
          - route: [{destination: {host: reviews}}]
        """;

    [Theory]
    [InlineData("/a")]
    [InlineData("/direct")]
    [InlineData("/set")]
    public async Task Answer_Server_IsTheProxysWhoeverAnswers(string path)
    {
        await using var mesh = await StartAsync();

        Assert.Contains("\r\nServer: envoy\r\n", await SayAsync(mesh, path, gateway: false), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nServer: istio-envoy\r\n", await SayAsync(mesh, path, gateway: true), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/a", "x-envoy-upstream-service-time: \\d+\r\n")]
    [InlineData("/set", "x-envoy-upstream-service-time: mine\r\n")]
    public async Task Answer_OfAPod_SaysHowLongItTookUnlessARuleDoes(string path, string expected)
    {
        await using var mesh = await StartAsync();

        Assert.Matches($"(?i){expected}", await SayAsync(mesh, path, gateway: false));
    }

    [Fact]
    public async Task Answer_OfTheMesh_DoesNotSayHowLongAPodTook()
    {
        await using var mesh = await StartAsync();

        Assert.DoesNotContain("service-time", await SayAsync(mesh, "/direct", gateway: false), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<TestMesh> StartAsync()
    {
        var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", context =>
        {
            context.Response.Headers.Server = "pod";
            return Task.CompletedTask;
        });
        await mesh.StartAsync(Rules);
        return mesh;
    }

    private static Task<string> SayAsync(TestMesh mesh, string path, bool gateway) => RawHttp1.SayAsync(
        gateway ? mesh.Server.Gateway! : mesh.Server.OutboundOf(mesh.Caller),
            $"GET {path} HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n");
}
