using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Messages on their way between an HTTP/1.1 caller and an HTTP/1.1 pod, byte by byte.</summary>
public sealed class Http1MessageTests
{
    private const string Get = "GET /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n";

    /// <summary><c>source/common/http/header_utility.cc: isSpecial1xx</c>; the rest is dropped (<c>upstream_request.cc</c>).</summary>
    [Theory]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
        "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")]
    [InlineData("HTTP/1.1 199 Odd\r\n\r\n", "")]
    public async Task Pod_InterimAnswers_ReachTheCallerBeforeTheFinalOne(string interim, string expected)
    {
        var (answer, _) = await AskAsync(Get, $"{interim}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");

        Assert.StartsWith($"{expected}HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nok", answer, StringComparison.Ordinal);
    }

    /// <summary><c>source/common/router/router.cc: onUpstream1xxHeaders</c>: no retries after an interim answer.</summary>
    [Theory]
    [InlineData("", 3)]
    [InlineData("HTTP/1.1 103 Early Hints\r\n\r\n", 1)]
    public async Task Pod_FailsAfterAnInterimAnswer_NotTriedAgain(string interim, int tries)
    {
        var (answer, heads) = await AskAsync(Get, $"{interim}HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n",
            "retries: {attempts: 2, retryOn: 5xx, backoff: 1ms}");

        Assert.Contains("HTTP/1.1 503 ", answer, StringComparison.Ordinal);
        Assert.Equal(tries, heads.Count);
    }

    [Fact]
    public async Task Pod_Trailers_ReachTheCaller()
    {
        var (answer, _) = await AskAsync(Get,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n");

        Assert.EndsWith("\r\n\r\n3\r\nabc\r\n0\r\nx-sum: 1\r\nx-sum: 2\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_Trailers_ReachThePod()
    {
        await using var pod = RawPod.Start(async socket =>
        {
            var text = new StringBuilder();
            var buffer = new byte[1024];
            while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
            }

            await RawPod.SayAsync(socket, $"HTTP/1.1 200 OK\r\n\r\n{text}");
        });
        await using var mesh = await MeshAsync(pod, "retries: {attempts: 0}");

        // The body goes once the head has arrived, so that the pod gets them apart.
        using var caller = await ConnectAsync(mesh);
        await caller.SendAsync("POST /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        await Eventually.UntilAsync(() => pod.Heads.Count == 1, "the head did not come");
        await caller.SendAsync("2\r\nhi\r\n0\r\nX-Sum: 1\r\nContent-Length: 7\r\n\r\n"u8.ToArray());

        Assert.EndsWith("2\r\nhi\r\n0\r\nx-sum: 1\r\n\r\n\r\n0\r\n\r\n", await ReadAsync(caller), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_AnswersBeforeTheBodyHasCome_TheAnswerReachesTheCaller()
    {
        await using var pod = RawPod.Start(socket =>
            socket.SendAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig"u8.ToArray()));
        await using var mesh = await MeshAsync(pod, "retries: {attempts: 0}");
        using var caller = await ConnectAsync(mesh);

        await caller.SendAsync("POST /a HTTP/1.1\r\nHost: reviews\r\nContent-Length: 1000\r\n\r\nhello"u8.ToArray());

        Assert.EndsWith("big", await ReadAsync(caller, until: "big"), StringComparison.Ordinal);
    }

    /// <summary>Istio's <c>ENABLE_100_CONTINUE_HEADERS</c>: the pod decides whether the body is sent at all.</summary>
    [Fact]
    public async Task Pod_RefusesABodyThatIsAsked_TheCallerIsNotToldToGoOn()
    {
        var (answer, heads) = await AskAsync(
            "POST /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 417 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", Assert.Single(heads), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_HeaderLines_DuplicatesAndEmptyOnesReachTheCaller()
    {
        var (answer, _) = await AskAsync(Get,
            "HTTP/1.1 200 OK\r\nX-Two: a\r\nSet-Cookie: a=1\r\nx-none:\r\nX-Two: b\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n");

        Assert.Contains("\r\nx-two: a\r\nx-two: b\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nx-none: \r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_HeaderLines_DuplicatesAndNamesInLowerCaseReachThePod()
    {
        var (_, heads) = await AskAsync(
            "GET /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nX-Two: a\r\nX-Two: b, c\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var head = Assert.Single(heads);
        Assert.StartsWith("GET /a HTTP/1.1\r\nhost: reviews\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\nx-two: a\r\nx-two: b, c\r\n", head, StringComparison.Ordinal);
        Assert.Contains("\r\ncookie: a=1\r\ncookie: b=2\r\n", head, StringComparison.Ordinal);
    }

    /// <summary>RFC 9113, 8.2.3.</summary>
    [Fact]
    public async Task Caller_CookiesByHttp2_OneLineAtThePod()
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await using var mesh = await MeshAsync(pod, "retries: {attempts: 0}");
        using var caller = await RawHttp2.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));

        Assert.Equal("200", await caller.AskAsync((":method", "GET"), (":scheme", "http"), (":authority", "reviews"), (":path", "/"),
            ("cookie", "a=1"), ("cookie", "b=2")));

        Assert.Contains("\r\ncookie: a=1; b=2\r\n", Assert.Single(pod.Heads), StringComparison.Ordinal);
    }

    /// <summary><c>source/common/http/header_utility.cc: requestShouldHaveNoBody</c>.</summary>
    [Theory]
    [InlineData("GET", false)]
    [InlineData("HEAD", false)]
    [InlineData("DELETE", false)]
    [InlineData("POST", true)]
    [InlineData("PUT", true)]
    [InlineData("PATCH", true)]
    public async Task Caller_NoBody_LengthOfZeroWhereTheMethodHasOne(string method, bool hasLength)
    {
        var (_, heads) = await AskAsync($"{method} /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(hasLength, Assert.Single(heads).Contains("\r\ncontent-length: 0\r\n", StringComparison.Ordinal));
    }

    /// <summary><c>source/common/router/router.cc: onRequestComplete</c>: both times begin when the whole request has come.</summary>
    [Theory]
    [InlineData("timeout: 1s")]
    [InlineData("retries: {attempts: 1, perTryTimeout: 1s}")]
    public async Task Timeout_UploadThatTakesLonger_CountedFromItsEnd(string route)
    {
        var time = new FakeTimeProvider();
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await reader.ReadToEndAsync();
        });
        await mesh.StartAsync(Rule(route), options => options with { Time = time });
        using var caller = await ConnectAsync(mesh);
        await caller.SendAsync("POST /a HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab"u8.ToArray());
        await Eventually.UntilAsync(() => mesh.Backends[0].Requests == 1, "the request did not come");
        time.Advance(TimeSpan.FromMinutes(1));
        await caller.SendAsync("cd"u8.ToArray());

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(caller), StringComparison.Ordinal);
    }

    private static string Rule(string route) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec:
          hosts: [reviews]
          http:
          - route: [{destination: {host: reviews} }]
            {{route}}
        """;

    private static async Task<TestMesh> MeshAsync(RawPod pod, string route)
    {
        var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Rule(route));
        return mesh;
    }

    private static async Task<(string Answer, IReadOnlyCollection<string> Heads)> AskAsync(
        string request, string answer, string route = "retries: {attempts: 0}")
    {
        await using var pod = RawPod.Start(socket => RawPod.SayAsync(socket, answer));
        await using var mesh = await MeshAsync(pod, route);
        return (await RawHttp1.SayAsync(mesh.Server.OutboundOf(mesh.Caller), request), pod.Heads);
    }

    private static async Task<Socket> ConnectAsync(TestMesh mesh)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));
        return socket;
    }

    private static async Task<string> ReadAsync(Socket socket, string? until = null)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while ((until is null || !text.ToString().EndsWith(until, StringComparison.Ordinal))
            && (read = await socket.ReceiveAsync(buffer, timeout.Token)) > 0)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
