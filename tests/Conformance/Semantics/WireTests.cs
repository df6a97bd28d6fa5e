using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Conformance.Harness;

namespace Bookinfo.Tests.Conformance.Semantics;

/// <summary>Requests that no HTTP client would write, byte by byte to a caller's outbound listener.</summary>
public sealed class WireTests(SemanticsMesh running) : IClassFixture<SemanticsMesh>
{
    [Theory]
    [InlineData("x: a\r\nx: b", 418)]
    [InlineData("x: a,b", 418)]
    [InlineData("x: a, b", 404)]
    [InlineData("X: a\r\ny: c\r\nx: b", 418)]
    public async Task Header_InSeveralLines_IsMatchedAsOneJoinedByCommas(string headers, int status)
    {
        running.Mesh.Begin(Yaml.VirtualService("c", "- match: [{headers: {x: {exact: \"a,b\"}}}]\n  directResponse: {status: 418}"));

        Assert.StartsWith($"HTTP/1.1 {status} ",
            await SendAsync($"GET / HTTP/1.1\r\nHost: c:9080\r\n{headers}\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/admin/../a", 418)]
    [InlineData("/./a", 418)]
    [InlineData("/x/%2e%2E/a", 418)]
    [InlineData("/a/../admin", 404)]
    [InlineData("\\a", 400)]
    [InlineData("/x\\..\\a", 418)]
    [InlineData("//a", 404)]
    [InlineData("/%61", 404)]
    public async Task Path_IsNormalizedBeforeItIsMatched(string target, int status)
    {
        running.Mesh.Begin(Yaml.VirtualService("c", "- match: [{uri: {exact: /a}}]\n  directResponse: {status: 418}"));

        Assert.StartsWith($"HTTP/1.1 {status} ", await SendAsync($"GET {target} HTTP/1.1\r\nHost: c:9080\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_ThatIsNormalized_ReachesThePodSo()
    {
        running.Mesh.Begin("");

        Assert.Contains("\"Target\":\"/b?next=/c/../d\"",
            await SendAsync("GET /a/../b?next=/c/../d HTTP/1.1\r\nHost: c:9080\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_InAbsoluteForm_SaysWhereItGoes()
    {
        running.Mesh.Begin(Yaml.VirtualService("c", "- match: [{uri: {exact: /a}}]\n  directResponse: {status: 418}"));

        Assert.StartsWith("HTTP/1.1 418 ", await SendAsync("GET http://c:9080/a HTTP/1.1\r\nHost: c:9080\r\nConnection: close\r\n\r\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: c:9080\r\nHost: d:9080\r\nConnection: close\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: c:9080\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")]
    [InlineData("GET / HTTP/1.1\r\nHost: c:9080\r\nx : y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: c:9080\r\n folded: y\r\n\r\n")]
    public async Task Request_ThatIsMalformed_Is400AndReachesNobody(string request)
    {
        running.Mesh.Begin("");

        Assert.StartsWith("HTTP/1.1 400 ", await SendAsync(request), StringComparison.Ordinal);
        Assert.Empty(running.Mesh.Pod("c-v1-0").Seen);
        Assert.Empty(running.Mesh.Pod("d-v1-0").Seen);
    }

    /// <summary>Sends bytes as they are, and reads until the mesh closes the connection.</summary>
    private async Task<string> SendAsync(string request)
    {
        var server = running.Mesh.Server;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(10));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.OutboundOf(server.Pods.First(pod => pod.Name == "a-v1-0")), timeout.Token);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), timeout.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(timeout.Token);
    }
}
