using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.Lab.Kubernetes.Services;

/// <summary>What a person does with the addresses that <c>kubectl</c> shows.</summary>
internal static class Callers
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A client that makes a connection for each request, as <c>curl</c> does.</summary>
    public static HttpClient Curl() =>
        new(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>What is answered at an address.</summary>
    public static async Task<string> GetAsync(string url)
    {
        using var curl = Curl();
        return (await curl.GetStringAsync(url, Cancellation)).Replace("\": \"", "\":\"", StringComparison.Ordinal);
    }

    /// <summary>Whether a connection is refused there.</summary>
    public static async Task<bool> IsRefusedAsync(string address)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPEndPoint.Parse(address), Cancellation);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    /// <summary>A client that calls through the sidecar of a pod, by HTTP/2 on one connection.</summary>
    /// <param name="outbound">The pod's outbound listener.</param>
    public static HttpClient Through(IPEndPoint outbound) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(outbound, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>Asks gRPC's health service over HTTP/2, once.</summary>
    public static async Task CheckHealthAsync(this HttpClient client, string authority)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{authority}/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]) { Headers = { { "Content-Type", "application/grpc" } } },
        };
        request.Headers.TE.ParseAdd("trailers");
        using var answer = await client.SendAsync(request, Cancellation);
        await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
