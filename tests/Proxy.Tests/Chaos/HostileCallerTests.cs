using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Proxy.Chaos;

/// <summary>Callers that send what is not HTTP, or more of it than is good.</summary>
public sealed class HostileCallerTests
{
    [Theory]
    [InlineData("GARBAGE\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: reviews\r\nHost: ratings\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: reviews\r\nBad Header: x\r\n\r\n", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: reviews\r\n folded: x\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "400")]
    [InlineData("GET / HTTP/1.1\r\nHost: reviews\r\nx: 1\r\n folded\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nTransfer-Encoding: chunked\r\n\r\n0;\nGET /smuggled HTTP/1.1\r\nHost: reviews\r\n\r\n",
        "400")]
    [InlineData("CONNECT reviews:9080 HTTP/1.1\r\nHost: reviews:9080\r\n\r\n", "404")]
    [InlineData("CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n", "404")]
    [InlineData("GET / HTTP/9.9\r\nHost: reviews\r\n\r\n", "505")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 5, 6\r\n\r\nhello", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: -5\r\n\r\nhello", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nTransfer-Encoding: chunked, identity\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
        + "HTTP/1.1\r\nHost: reviews\r\n\r\n", "400")]
    [InlineData("POST / HTTP/1.1\r\nHost: reviews\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", "400")]
    public async Task Request_Malformed_RefusedAndNeverForwarded(string bytes, string status)
    {
        await using var mesh = new TestMesh();
        var paths = new List<string>();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            paths.Add(context.Request.Path);
            await context.Request.Body.CopyToAsync(Stream.Null);
        });
        await mesh.StartAsync();

        var answer = await SayAsync(mesh, bytes);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("/smuggled", paths);
        if (status == "400")
        {
            // Nothing that follows can be trusted (RFC 9112, 9.6).
            Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Request_HeadersBeyond60KiB_431()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();

        Assert.StartsWith("HTTP/1.1 431 ",
            await SayAsync(mesh, $"GET / HTTP/1.1\r\nHost: reviews\r\nx-huge: {new string('a', 70_000)}\r\n\r\n"),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_HeadersOf50KiB_GoThrough()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        mesh.Backends[0].Handler = context =>
        {
            context.Response.StatusCode = context.Request.Headers["x-large"].ToString().Length == 25_000 ? 200 : 500;
            return Task.CompletedTask;
        };
        await mesh.StartAsync();

        Assert.StartsWith("HTTP/1.1 200 ",
            await SayAsync(mesh, $"GET / HTTP/1.1\r\nHost: reviews\r\nx-large: {new string('a', 25_000)}\r\n\r\n"),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_TwoOnOneConnectionAfterABadOne_OthersUnharmed()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        var client = mesh.Client();
        for (var i = 0; i < 20; i++)
        {
            await SayAsync(mesh, "GARBAGE\r\n\r\n");
            Assert.Equal("reviews-v1-0", await client.GetStringAsync("http://reviews:9080/"));
        }
    }

    /// <summary>
    /// Lines that end in a bare LF are read as Envoy's parser does; what goes on has CRLF, so that no proxy or pod behind reads it
    /// otherwise.
    /// </summary>
    [Fact]
    public async Task Request_BareLineFeeds_OneRequestWrittenAnew()
    {
        await using var mesh = new TestMesh();
        await using var pod = RawPod.Start(async socket => await RawPod.SayAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync();

        Assert.StartsWith("HTTP/1.1 200 ", await SayAsync(mesh, "GET /a HTTP/1.1\nHost: reviews\nx: 1\n\n"), StringComparison.Ordinal);
        var head = Assert.Single(pod.Heads);
        Assert.StartsWith("GET /a HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", head.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    /// <summary>
    /// Envoy takes the end of what a caller sends for the end of the caller (envoyproxy/envoy#2066, #17160), and so does Kestrel.
    /// </summary>
    [Fact]
    public async Task Request_CallerClosesItsHalf_CountedAsDC()
    {
        await using var mesh = new TestMesh();
        var arrived = new TaskCompletionSource();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await mesh.StartAsync();
        using var socket = await ConnectAsync(mesh);
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: reviews\r\n\r\n"));
        await arrived.Task;
        socket.Shutdown(SocketShutdown.Send);

        Assert.Equal("", await ReadAsync(socket));
        Assert.Equal(1, mesh.Entry("reviews", "v1").ResponseFlags["DC"]);
    }

    [Fact]
    public async Task Request_AnothersHeadersDrip_ServedMeanwhile()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        var dripping = new List<Socket>();
        for (var i = 0; i < 50; i++)
        {
            dripping.Add(await ConnectAsync(mesh));
            await dripping[i].SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: rev"));
        }

        Assert.Equal("reviews-v1-0", await mesh.Client().GetStringAsync("http://reviews:9080/"));
        Assert.Equal(1, mesh.Backends[0].Requests);
        await dripping[0].SendAsync(Encoding.ASCII.GetBytes("iews\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(dripping[0]), StringComparison.Ordinal);
        dripping.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task Request_HeadersThatDribbleIn_ServedWhenComplete()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1");
        await mesh.StartAsync();
        using var socket = await ConnectAsync(mesh);
        foreach (var part in "GET / HTTP/1.1\r\nHost: reviews\r\nConnection: close\r\n\r\n".Chunk(1))
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(part));
        }

        Assert.StartsWith("HTTP/1.1 200 ", await ReadAsync(socket), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_BodyWithoutEnd_StreamsWithoutBeingKept()
    {
        await using var mesh = new TestMesh();
        long received = 0;
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
            {
                Interlocked.Add(ref received, read);
            }
        });
        await mesh.StartAsync();
        using var socket = await ConnectAsync(mesh);
        await socket.SendAsync(Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: reviews\r\nTransfer-Encoding: chunked\r\n\r\n"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var chunk = Encoding.ASCII.GetBytes($"10000\r\n{new string('x', 65_536)}\r\n");
        for (var i = 0; i < 800; i++)
        {
            await socket.SendAsync(chunk);
        }

        await Eventually.HoldsAsync(() => Volatile.Read(ref received) > 40_000_000, "the pod has 40 MB");
        Assert.InRange(Volatile.Read(ref received), 40_000_001, 60_000_000);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000);
    }

    private static async Task<Socket> ConnectAsync(TestMesh mesh)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(mesh.Server.OutboundOf(mesh.Caller));
        return socket;
    }

    private static async Task<string> SayAsync(TestMesh mesh, string bytes)
    {
        using var socket = await ConnectAsync(mesh);
        await socket.SendAsync(Encoding.ASCII.GetBytes(bytes));
        return await ReadAsync(socket);
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer)) > 0)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
                if (answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
                {
                    break;
                }
            }
        }
        catch (SocketException)
        {
            // Cut by the mesh after its answer.
        }

        return answer.ToString();
    }
}
