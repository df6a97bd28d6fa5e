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
/// <param name="BodyBytes">The length of each request's body; 0 for a GET.</param>
internal sealed record HttpLoad(IPEndPoint Server, string Host, string Path, int Connections = 16, int BodyBytes = 0) : ILoad
{
    /// <inheritdoc/>
    public string What => Host + Path;

    /// <inheritdoc/>
    public async Task<Failures> SendAsync(int requests)
    {
        var head = BodyBytes == 0 ? $"GET {Path} HTTP/1.1\r\nHost: {Host}\r\n\r\n"
            : $"POST {Path} HTTP/1.1\r\nHost: {Host}\r\nContent-Length: {BodyBytes}\r\n\r\n";
        byte[] request = [.. System.Text.Encoding.ASCII.GetBytes(head), .. new byte[BodyBytes]];
        var failures = new Failures();

        // Each connection has its share, so that there are as many at once as there are said to be.
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(index =>
            Task.Run(() => SendOnOneConnectionAsync(request, (requests + index) / Connections, failures))));
        return failures;
    }

    private async Task SendOnOneConnectionAsync(byte[] request, int requests, Failures failures)
    {
        using var socket = new Socket(Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Server);
            var answer = new AnswerReader(socket);
            for (; requests > 0; requests--)
            {
                await socket.SendAsync(request);
                if (await answer.ReadStatusAsync() is not 200 and var status)
                {
                    failures.Count($"{status}");
                }
            }
        }
        catch (SocketException e)
        {
            failures.Count(e.SocketErrorCode.ToString(), requests);
        }
        catch (IOException e)
        {
            failures.Count(e.Message, requests);
        }
    }
}
