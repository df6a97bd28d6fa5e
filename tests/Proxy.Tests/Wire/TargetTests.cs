using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>What of a request's target reaches the pod, byte for byte (RFC 9112, 3; RFC 9113, 8.3.1).</summary>
public sealed class TargetTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    public static TheoryData<string> UnsendablePaths =>
    [
        "/a b", "/a\tb", "/a?b c", "/a\u007f", "/a?\u0001", "/\u00c3\u00a9",
        $"/productpage?{string.Concat(Enumerable.Repeat("\u00c3\u00a9", 480))}",
        "/a?\u00e9", "/a HTTP/1.1", "/a?\u0080\u00ff",
    ];

    [Theory]
    [MemberData(nameof(UnsendablePaths))]
    public async Task Http2_PathBeyondVisibleAscii_400AndNothingReachesThePod(string path)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);
        using var caller = await RawHttp2.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));

        // Bytes that are not UTF-8 are Kestrel's to refuse, which resets the stream.
        Assert.Contains(await caller.AskAsync(Get(path)), (string[])["400", "reset"]);
        Assert.Empty(pod.Heads);
        Assert.Equal("200", await Fresh(mesh, caller => caller.AskAsync(Get("/b"))));
    }

    [Fact]
    public async Task Http2_PathOfUtf8_CountedAsDPE()
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        Assert.Equal("400", await Fresh(mesh, caller => caller.AskAsync(Get("/?\u00c3\u00a9"))));
        Assert.Equal(1, mesh.Entry("unknown", "unknown").ResponseFlags["DPE"]);
    }

    [Fact]
    public async Task Http2_Connect_404AndCounted()
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        Assert.Equal("404", await Fresh(mesh, caller => caller.AskAsync((":method", "CONNECT"), (":authority", "reviews:9080"))));
        Assert.Equal(1, mesh.Entry("unknown", "unknown").ResponseFlags["NR"]);
    }

    [Theory]
    [InlineData("/a%20b?c=%0d%0a", "/a%20b?c=%0d%0a")]
    [InlineData("http://reviews:9080/a%20HTTP/1.1%0d%0aHost:%20a%0d%0a%0d%0aGET%20/x", "/a%20HTTP/1.1%0d%0aHost:%20a%0d%0a%0d%0aGET%20/x")]
    [InlineData("http://reviews:9080/%c3%a9?%c3%a9%00", "/%c3%a9?%c3%a9%00")]
    [InlineData("http://reviews:9080?q=%0a", "/?q=%0a")]
    [InlineData("http://reviews:9080", "/")]
    [InlineData("/a#b", "/a")]
    public async Task Http1_Target_AsItCameAndOneRequest(string target, string atPod)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        Assert.StartsWith("HTTP/1.1 200 ",
            await SayAsync(mesh, $"GET {target} HTTP/1.1\r\nHost: reviews:9080\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        var head = Assert.Single(pod.Heads);
        Assert.StartsWith($"GET {atPod} HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        Assert.Equal(1, head.Split("\r\n\r\n").Length - 1);
    }

    [Theory]
    [InlineData("GET /a\u0001 HTTP/1.1", "400")]
    [InlineData("GET /a?b\u007f HTTP/1.1", "400")]
    [InlineData("GET /a?b\rc HTTP/1.1", "400")]
    [InlineData("GET /a?b\tc HTTP/1.1", "400")]
    [InlineData("GET /\u00e9 HTTP/1.1", "400")]
    [InlineData("GET /?\u00c3\u00a9 HTTP/1.1", "400")]
    [InlineData("GET http://reviews:9080/\u00c3\u00a9 HTTP/1.1", "400")]
    [InlineData("OPTIONS * HTTP/1.1", "404")]
    public async Task Http1_TargetThatCannotBeSent_RefusedAndNothingReachesThePod(string line, string status)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod);

        Assert.StartsWith($"HTTP/1.1 {status} ", await SayAsync(mesh, $"{line}\r\nHost: reviews:9080\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
        Assert.Empty(pod.Heads);
    }

    [Theory]
    [InlineData("/b\u00fccher", "GET /b%C3%BCcher/y?q=1 HTTP/1.1")]
    [InlineData("/a b", "GET /a%20b/y?q=1 HTTP/1.1")]
    [InlineData("/%0d%0a", "GET /%0d%0a/y?q=1 HTTP/1.1")]
    [InlineData("/a#b", "GET /a#b/y?q=1 HTTP/1.1")]
    public async Task Rewrite_TextBeyondVisibleAscii_Encoded(string uri, string line)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod, Rewriting(new HttpRewrite { Uri = uri }));

        using var response = await mesh.Client().GetAsync("http://reviews:9080/x/y?q=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith($"{line}\r\n", Assert.Single(pod.Heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegexRewrite_SubstitutionBeyondVisibleAscii_Encoded()
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        var rewrite = new HttpRewrite { UriRegexRewrite = new RegexRewrite { Match = "/x/(.*)", Rewrite = "/\u00fc \\1" } };
        await using var mesh = await MeshBeforeAsync(pod, Rewriting(rewrite));

        using var response = await mesh.Client().GetAsync("http://reviews:9080/x/y");

        Assert.StartsWith("GET /%C3%BC%20y HTTP/1.1\r\n", Assert.Single(pod.Heads), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nosl")]
    [InlineData("@elsewhere.example/")]
    public async Task Rewrite_PathWithoutSlash_400AndNothingReachesThePod(string uri)
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, Ok));
        await using var mesh = await MeshBeforeAsync(pod, Rewriting(new HttpRewrite { Uri = uri }));

        using var response = await mesh.Client().GetAsync("http://reviews:9080/x");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(pod.Heads);
    }

    private static (string Name, string Value)[] Get(string path) =>
        [(":method", "GET"), (":scheme", "http"), (":authority", "reviews:9080"), (":path", path)];

    /// <summary>A rule that rewrites /x; made as an object, so that it does not matter what the reader of files refuses.</summary>
    private static RuleSet Rewriting(HttpRewrite rewrite)
    {
        var read = Rules.Read("""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - match: [{uri: {prefix: /x} }]
                route: [{destination: {host: reviews} }]
            """);
        var service = read.VirtualServices[0];
        return read with { VirtualServices = [service with { Http = [service.Http[0] with { Rewrite = rewrite }] }] };
    }

    private static async Task<TestMesh> MeshBeforeAsync(RawPod pod, RuleSet? rules = null)
    {
        var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync();
        if (rules is not null)
        {
            mesh.Server.Apply(rules);
        }

        return mesh;
    }

    private static async Task<string> Fresh(TestMesh mesh, Func<RawHttp2, Task<string>> ask)
    {
        using var caller = await RawHttp2.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));
        return await ask(caller);
    }

    private static async Task<string> SayAsync(TestMesh mesh, string text)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));
        await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
