using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Chaos;

/// <summary>
/// Pods that answer what is not HTTP/1.1, or too much of it. Status and flag are those of Envoy's codec and router
/// (<c>source/common/http/http1/codec_impl.cc</c>, <c>source/common/router/router.cc: streamResetReasonToResponseFlag</c>): 502 UPE for
/// what breaks the protocol, 503 UC for an answer that breaks off. The mesh serves the next request as if nothing had been.
/// </summary>
public sealed class HostilePodTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    /// <summary>What pods answer, the status that the caller gets, 0 for an answer that breaks off, and the flag that is counted.</summary>
    public static TheoryData<string, string, int, string> Answers { get; } = new()
    {
        { "endless status line", "HTTP/1.1 200 " + new string('a', 100_000), 502, "UPE" },
        { "another protocol", "SSH-2.0-OpenSSH_9.6\r\n", 502, "UPE" },
        { "HTTP/2", "HTTP/2.0 200 OK\r\n\r\n", 502, "UPE" },
        { "HTTP/0.9", "<html>hello</html>", 502, "UPE" },
        { "no status", "HTTP/1.1 \r\n\r\n", 502, "UPE" },
        { "status of two digits", "HTTP/1.1 20 OK\r\n\r\n", 502, "UPE" },
        { "status of four digits", "HTTP/1.1 2000 OK\r\n\r\n", 502, "UPE" },
        { "negative status", "HTTP/1.1 -20 OK\r\n\r\n", 502, "UPE" },
        { "NUL in the reason", "HTTP/1.1 200 O\0K\r\n\r\n", 502, "UPE" },
        { "one header too long", $"{Ok}x: {new string('a', 70_000)}\r\n\r\n", 502, "UPE" },
        { "headers too long together", $"{Ok}{Lines(90, 1000)}\r\n", 502, "UPE" },
        { "101 headers", $"{Ok}{Lines(101, 1)}\r\n", 502, "UPE" },
        { "endless headers", $"{Ok}{Lines(5000, 100)}", 502, "UPE" },
        { "header without a colon", $"{Ok}nonsense\r\n\r\n", 502, "UPE" },
        { "header without a name", $"{Ok}: a\r\n\r\n", 502, "UPE" },
        { "blank in a name", $"{Ok}a b: c\r\n\r\n", 502, "UPE" },
        { "folded header", $"{Ok}a: b\r\n c\r\n\r\n", 502, "UPE" },
        { "NUL in a value", $"{Ok}a: b\0c\r\n\r\n", 502, "UPE" },
        { "bare CR in a value", $"{Ok}a: b\rc\r\n\r\n", 502, "UPE" },
        { "two lengths", $"{Ok}content-length: 1\r\ncontent-length: 2\r\n\r\nab", 502, "UPE" },
        { "length and chunks", $"{Ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 502, "UPE" },
        { "negative length", $"{Ok}content-length: -1\r\n\r\n", 502, "UPE" },
        { "length that is not a number", $"{Ok}content-length: 1e3\r\n\r\n", 502, "UPE" },
        { "length beyond 64 bits", $"{Ok}content-length: 99999999999999999999\r\n\r\n", 502, "UPE" },
        { "unknown coding", $"{Ok}transfer-encoding: gzip\r\n\r\n", 502, "UPE" },
        { "chunked twice", $"{Ok}transfer-encoding: chunked, chunked\r\n\r\n", 502, "UPE" },
        { "204 with a body", "HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nok", 502, "UPE" },
        { "204 in chunks", "HTTP/1.1 204 No Content\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 502, "UPE" },
        { "101 that was not asked for", "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\n\r\n", 502, "UPE" },
        { "1xx flood", string.Concat(Enumerable.Repeat("HTTP/1.1 199 Odd\r\n\r\n", 200)), 502, "UPE" },
        { "100 with a length", "HTTP/1.1 100 Continue\r\ncontent-length: 5\r\n\r\n", 502, "UPE" },
        { "nothing", "", 503, "UC" },
        { "half a status line", "HTTP/1.", 503, "UC" },
        { "half a head", $"{Ok}content-ty", 503, "UC" },
        { "interim alone", "HTTP/1.1 199 Odd\r\n\r\n", 503, "UC" },
        { "body shorter than its length", $"{Ok}content-length: 100\r\n\r\nshort", 0, "UC" },
        { "no body of a length", $"{Ok}content-length: 100\r\n\r\n", 0, "UC" },
        { "chunks without an end", $"{Ok}transfer-encoding: chunked\r\n\r\n2\r\nab\r\n", 0, "UC" },
        { "half a chunk", $"{Ok}transfer-encoding: chunked\r\n\r\nff\r\nab", 0, "UC" },
        { "size that is not a number", $"{Ok}transfer-encoding: chunked\r\n\r\nxyz\r\nab\r\n0\r\n\r\n", 0, "UPE" },
        { "negative size", $"{Ok}transfer-encoding: chunked\r\n\r\n-1\r\n", 0, "UPE" },
        { "size beyond 64 bits", $"{Ok}transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\n", 0, "UPE" },
        { "chunk longer than its size", $"{Ok}transfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n", 0, "UPE" },
        { "endless extension", $"{Ok}transfer-encoding: chunked\r\n\r\n1;{new string('x', 10_000)}", 0, "UPE" },
        { "huge trailers", $"{Ok}transfer-encoding: chunked\r\n\r\n0\r\n{Lines(90, 1000)}\r\n", 0, "UPE" },
        { "101 trailers", $"{Ok}transfer-encoding: chunked\r\n\r\n0\r\n{Lines(101, 1)}\r\n", 0, "UPE" },
        { "NUL in a trailer", $"{Ok}transfer-encoding: chunked\r\n\r\n0\r\na: \0\r\n\r\n", 0, "UPE" },
        { "100 headers", $"{Ok}{Lines(99, 1)}content-length: 0\r\n\r\n", 200, "-" },
        { "garbage after the end", $"{Ok}content-length: 2\r\n\r\nokHTTP/1.1 500 Oops\r\n\r\n", 200, "-" },
        { "body longer than its length", $"{Ok}content-length: 2\r\n\r\nok and more", 200, "-" },
        { "HTTP/1.0 until the end", "HTTP/1.0 200 OK\r\n\r\nok", 200, "-" },
        { "204 with a length of zero", "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n", 204, "-" },
        { "bytes above 0x7F", $"{Ok}x: \u00e9\u00ff\r\ncontent-length: 0\r\n\r\n", 200, "-" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Request_PodThatAnswersSo_StatusAndFlagAsEnvoy_NextOneIsServed(string name, string answer, int status, string flag)
    {
        var hostile = 1;
        await using var pod = RawPod.Start(socket =>
            RawPod.SayAsync(socket, Interlocked.Exchange(ref hostile, 0) == 1 ? answer : $"{Ok}content-length: 4\r\n\r\nwell"));
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Rules.ForReviews("{loadBalancer: {simple: ROUND_ROBIN}}"));

        var heard = await AskAsync(mesh);

        Assert.True(
            status == 0 ? IsBrokenOff(heard) : heard.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{name}: {heard}");
        await Eventually.UntilAsync(() => Flags(mesh).Contains(flag), $"{name} is not counted with {flag}");
        Assert.EndsWith("well", await AskAsync(mesh), StringComparison.Ordinal);
    }

    /// <summary>A pod that ends its side of an idle connection is noticed before the connection is used again.</summary>
    [Theory]
    [InlineData(SocketShutdown.Send)]
    [InlineData(SocketShutdown.Both)]
    public async Task Request_IdleConnectionThatThePodHasEnded_AnotherIsOpened(SocketShutdown how)
    {
        var ended = 0;
        await using var pod = RawPod.Start(async socket =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{Ok}content-length: 4\r\n\r\nwell"));
            socket.Shutdown(how);
            Interlocked.Increment(ref ended);
        });
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Rules.ForReviews("{loadBalancer: {simple: ROUND_ROBIN}}"));

        for (var i = 1; i <= 5; i++)
        {
            Assert.EndsWith("well", await AskAsync(mesh), StringComparison.Ordinal);
            await Eventually.UntilAsync(() => Volatile.Read(ref ended) == i, "the request came on an old connection");
        }
    }

    private static string Lines(int count, int length) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"x-{i}: {new string('a', length)}\r\n"));

    private static Task<string> AskAsync(TestMesh mesh) => RawHttp1.SayAsync(
        mesh.Server.OutboundOf(mesh.Caller), "GET / HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n");

    /// <summary>Neither its length is there, nor its last chunk.</summary>
    private static bool IsBrokenOff(string answer) => answer.Length == 0
        || (answer.StartsWith(Ok, StringComparison.Ordinal) && !answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));

    private static IEnumerable<string> Flags(TestMesh mesh) =>
        mesh.Server.Traffic().Entries.SelectMany(entry => entry.ResponseFlags.Keys.DefaultIfEmpty("-"));
}
