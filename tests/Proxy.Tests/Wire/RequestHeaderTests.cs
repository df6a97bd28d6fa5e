using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// What becomes of a request's headers before any rule, header by header, in a sidecar and at the edge
/// (<c>source/common/http/conn_manager_utility.cc</c>, <c>http1/codec_impl.cc</c>, <c>utility.cc</c> of envoyproxy/envoy).
/// </summary>
public sealed class RequestHeaderTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Uuid = "11111111-1111-4111-8111-111111111111";

    private static readonly string ToGateway = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: gateway}
        spec: {selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: outside}
        spec: {hosts: ["*"], gateways: [gateway], http: [{route: [{destination: {host: reviews}}]}]}
        """;

    [Theory]

    // Kept by both.
    [InlineData("x-any: 1", "x-any: 1", "x-any: 1")]
    [InlineData("x-latin: caf\u00e9", "x-latin: caf\u00e9", "x-latin: caf\u00e9")]
    [InlineData("x-utf8: caf\u00c3\u00a9", "x-utf8: caf\u00c3\u00a9", "x-utf8: caf\u00c3\u00a9")]
    [InlineData("x-tab: a\tb", "x-tab: a\tb", "x-tab: a\tb")]
    [InlineData("referer: http://a/b", "referer: http://a/b", "referer: http://a/b")]
    [InlineData("x-forwarded-host: a", "x-forwarded-host: a", "x-forwarded-host: a")]
    [InlineData("forwarded: for=1.2.3.4", "forwarded: for=1.2.3.4", "forwarded: for=1.2.3.4")]

    // Only the edge takes the caller for a stranger.
    [InlineData($"x-request-id: {Uuid}", $"x-request-id: {Uuid}", "")]
    [InlineData("x-forwarded-for: 1.2.3.4", "x-forwarded-for: 1.2.3.4", "x-forwarded-for: 1.2.3.4,127.0.0.1")]
    [InlineData("x-forwarded-for:", "x-forwarded-for: ", "x-forwarded-for: 127.0.0.1")]
    [InlineData("x-forwarded-proto: https", "x-forwarded-proto: https", "x-forwarded-proto: http")]
    [InlineData("x-envoy-external-address: 9.9.9.9", "x-envoy-external-address: 9.9.9.9", "x-envoy-external-address: 127.0.0.1")]
    [InlineData("x-envoy-decorator-operation: a", "x-envoy-decorator-operation: a", "")]
    [InlineData("x-envoy-downstream-service-cluster: a", "x-envoy-downstream-service-cluster: a", "")]
    [InlineData("x-envoy-downstream-service-node: a", "x-envoy-downstream-service-node: a", "")]

    // Neither lets a caller tell Envoy what to do.
    [InlineData("x-envoy-internal: true", "", "")]
    [InlineData("x-envoy-retry-on: 5xx", "", "")]
    [InlineData("x-envoy-retry-grpc-on: internal", "", "")]
    [InlineData("x-envoy-max-retries: 3", "", "")]
    [InlineData("x-envoy-retriable-status-codes: 500", "", "")]
    [InlineData("x-envoy-retriable-header-names: a", "", "")]
    [InlineData("x-envoy-upstream-rq-timeout-ms: 100", "", "")]
    [InlineData("x-envoy-upstream-rq-per-try-timeout-ms: 100", "", "")]
    [InlineData("x-envoy-upstream-rq-timeout-alt-response: 1", "", "")]
    [InlineData("x-envoy-upstream-alt-stat-name: a", "", "")]
    [InlineData("x-envoy-expected-rq-timeout-ms: 5", "", "")]
    [InlineData("x-envoy-force-trace: true", "", "")]
    [InlineData("x-envoy-ip-tags: a", "", "")]
    [InlineData("x-envoy-original-url: http://a/", "", "")]
    [InlineData("x-envoy-hedge-on-per-try-timeout: true", "", "")]
    [InlineData("x-forwarded-client-cert: By=evil", "", "")]

    // The pod's to answer (pilot/pkg/features/pilot.go: ENABLE_100_CONTINUE_HEADERS).
    [InlineData("expect: 100-continue", "expect: 100-continue", "expect: 100-continue")]

    // The connection's own.
    [InlineData("keep-alive: timeout=5", "", "")]
    [InlineData("proxy-connection: keep-alive", "", "")]
    [InlineData("te: gzip", "", "")]
    [InlineData("upgrade: websocket", "", "")]
    [InlineData("http2-settings: AAMAAABkAAQCAAAAAAIAAAAA", "", "")]
    [InlineData("referer: nonsense", "", "")]
    [InlineData("referer: http://a/\r\nreferer: http://b/", "", "")]
    public async Task Request_Header_AsEnvoyHandsItOn(string sent, string bySidecar, string byGateway)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        foreach (var (listener, expected) in new[] { (mesh.Server.OutboundOf(mesh.Caller), bySidecar), (mesh.Server.Gateway!, byGateway) })
        {
            var answer = await RawHttp1.SayAsync(listener, $"GET /a HTTP/1.1\r\nHost: reviews:9080\r\nConnection: close\r\n{sent}\r\n\r\n");

            Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
            var atPod = pod.Heads.Last().Split("\r\n")
                .Where(line => line.StartsWith($"{sent.Split(':')[0]}:", StringComparison.OrdinalIgnoreCase)).ToList();
            if (sent.StartsWith("x-request-id", StringComparison.Ordinal) && expected.Length == 0)
            {
                Assert.DoesNotContain(Uuid, Assert.Single(atPod), StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(expected.Length == 0 ? [] : [expected], atPod, StringComparer.OrdinalIgnoreCase);
            }
        }
    }

    /// <summary>What Connection names ends here too (<c>utility.cc: sanitizeConnectionHeader</c>).</summary>
    [Theory]
    [InlineData("x-named", "x-named: 1", false)]
    [InlineData("close, X-Named", "x-named: 1", false)]
    [InlineData("cookie", "cookie: a=1", false)]
    [InlineData("x-other", "x-named: 1", true)]
    public async Task Request_HeaderThatConnectionNames_Ends(string connection, string sent, bool passes)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        await RawHttp1.SayAsync(mesh.Server.Gateway!,
            $"GET /a HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\nConnection: close\r\n{sent}\r\n\r\n");

        var head = Assert.Single(pod.Heads);
        Assert.Equal(passes, head.Contains(sent, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("connection:", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("GET /a HTTP/1.0\r\nHost: a", 426)]
    [InlineData("POST /a HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked", 426)]
    [InlineData("get /a HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GETT /a HTTP/1.1\r\nHost: a", 400)]
    [InlineData("M-SEARCH /a HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET * HTTP/1.1\r\nHost: a", 405)]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET http://a/%00 HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET http://a#b HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET ftp://a/b HTTP/1.1\r\nHost: a", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost:", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a b", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a/b", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: \u00e4", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx<y: 1", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx\u001by: 1", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx\u00e9: 1", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx: a\u0001b", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx: a\u007fb", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx: a\0b", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nx: a\rb", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: +0", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: -0", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0x0", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0 0", 400)]
    [InlineData("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 000000000000000000000000000000", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: x-forwarded-for", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: a, X-Forwarded-Proto", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: x-forwarded-host", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nConnection: x-forwarded-for", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: x-forwarded-for, keep-alive", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: :path", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: a,b,c,d,e,f,g,h,i,j", 400)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\nUpgrade: foo", 403)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\nUpgrade: TLS/1.0", 403)]
    [InlineData("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, upgrade\r\nUpgrade: websocket, h2c", 403)]
    public async Task Http1_RequestThatEnvoyRefuses_NothingReachesThePod(string head, int status)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        var answer = await RawHttp1.SayAsync(mesh.Server.Gateway!, $"{head}\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Empty(pod.Heads);
    }

    [Theory]
    [InlineData(":method", "GET A")]
    [InlineData(":method", "get")]
    [InlineData(":scheme", "ftp")]
    [InlineData(":authority", "")]
    [InlineData(":authority", "a b")]
    [InlineData(":authority", "a/b")]
    [InlineData(":path", "a")]
    [InlineData(":path", "http://a/b")]
    [InlineData(":path", "*")]
    [InlineData("connection", "close")]
    [InlineData("keep-alive", "timeout=5")]
    [InlineData("proxy-connection", "close")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("upgrade", "websocket")]
    [InlineData("te", "gzip")]
    [InlineData("x<y", "1")]
    [InlineData("X-Upper", "1")]
    [InlineData("x", "a\u0001b")]
    [InlineData("x", "a\r\nb: 1")]
    [InlineData("content-length", "+0")]
    public async Task Http2_RequestThatEnvoyRefuses_NothingReachesThePod(string name, string value)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);
        using var caller = await RawHttp2.ConnectAsync(mesh.Server.Gateway!);
        (string Name, string Value)[] good = [(":method", "GET"), (":scheme", "http"), (":authority", "a"), (":path", "/a")];
        (string Name, string Value)[] asked = name.StartsWith(':') ? [.. good.Select(field => field.Name == name ? (name, value) : field)]
            : [.. good, (name, value)];

        // A malformed request may be answered or its stream reset (RFC 9113, 8.1.1).
        Assert.Contains(await caller.AskAsync(asked), (string[])["400", "reset"]);
        Assert.Empty(pod.Heads);
    }

    [Theory]
    [InlineData("http://reviews:9080/a", "a", "reviews:9080")]
    [InlineData("http://Reviews/a", "reviews:9080", "Reviews")]
    public async Task Http1_AbsoluteTarget_ItsAuthorityCounts(string target, string host, string atPod)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        var answer = await RawHttp1.SayAsync(mesh.Server.Gateway!, $"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Equal($"host: {atPod}",
            Assert.Single(Assert.Single(pod.Heads).Split("\r\n"), line => line.StartsWith("host:", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>
    /// HTTP/2 over TCP is asked for and not given: the request goes on as HTTP/1.1 (<c>codec_impl.cc: onHeadersCompleteImpl</c>).
    /// </summary>
    [Fact]
    public async Task Http1_UpgradeToH2c_Ignored()
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        var answer = await RawHttp1.SayAsync(
            mesh.Server.Gateway!,
                "GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                    + "AAMAAABk\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("h2c", Assert.Single(pod.Heads), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("settings", Assert.Single(pod.Heads), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Http1_ExpectContinue_ToldToGoOnAndPodGetsTheBody()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await context.Response.WriteAsync($"{await reader.ReadToEndAsync()}, expect: {context.Request.Headers.Expect}");
        });
        await mesh.StartAsync(ToGateway);

        var answer = await RawHttp1.SayAsync(
            mesh.Server.Gateway!, "POST /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
                "hello");

        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("hello, expect: 100-continue", answer, StringComparison.Ordinal);
    }

    /// <summary>
    /// The scheme is the target's own, or else x-forwarded-proto's (<c>conn_manager_utility.cc: mutateRequestHeaders</c>).
    /// </summary>
    [Theory]
    [InlineData("/a", "x-forwarded-proto: https", "https")]
    [InlineData("/a", "x-forwarded-proto: gopher", "http")]
    [InlineData("/a", "x: 1", "http")]
    [InlineData("https://reviews:9080/a", "x: 1", "https")]
    [InlineData("http://reviews:9080/a", "x-forwarded-proto: https", "http")]
    public async Task Http1_Scheme_OfTargetOrForwardedProto(string target, string header, string scheme)
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec: {hosts: [reviews], http: [{redirect: {uri: /b}}]}
            """);

        var answer = await RawHttp1.SayAsync(mesh.Server.OutboundOf(mesh.Caller),
            $"GET {target} HTTP/1.1\r\nHost: reviews:9080\r\nConnection: close\r\n{header}\r\n\r\n");

        Assert.Contains($"Location: {scheme}://reviews:9080/b\r\n", answer, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<TestMesh> MeshBeforeAsync(RawPod pod)
    {
        var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(ToGateway);
        return mesh;
    }
}
