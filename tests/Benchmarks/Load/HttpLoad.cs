using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Benchmarks.Load;

/// <summary>
/// A bounded number of HTTP/1.1 requests to one loopback address over a few kept connections, one request in flight on each. It is plain
/// sockets because an HttpClient would need more CPU for a request than the servers that are measured.
/// </summary>
/// <param name="Server">Where the requests go.</param>
/// <param name="Host">The Host header.</param>
/// <param name="Path">The path of each request.</param>
/// <param name="Connections">How many connections send at the same time.</param>
internal sealed record HttpLoad(IPEndPoint Server, string Host, string Path, int Connections = 16)
{
    /// <summary>Sends the requests and waits for each answer.</summary>
    /// <param name="requests">How many in all.</param>
    /// <returns>How many answers had a status other than 200.</returns>
    /// <exception cref="IOException">A connection broke, or an answer was no HTTP/1.1.</exception>
    public async Task<long> SendAsync(int requests)
    {
        var request = System.Text.Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: {Host}\r\n\r\n");
        var left = requests;
        var failed = 0L;

        async Task SendOnOneConnectionAsync()
        {
            using var socket = new Socket(Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(Server);
            var answer = new AnswerReader(socket);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await socket.SendAsync(request);
                if (await answer.ReadStatusAsync() != 200)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(SendOnOneConnectionAsync)));
        return failed;
    }
}
