using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// A request is sent as often as the retry policy says, and no more (<c>source/common/router/retry_state_impl.cc</c> of envoyproxy/envoy).
/// </summary>
public sealed class ResendTests
{
    private static string Rule(string retries) => $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec: {hosts: [reviews], http: [{retries: {{retries}}, route: [{destination: {host: reviews} }]}]}
        """;

    [Theory]
    [InlineData("GET", "{attempts: 0}", 1)]
    [InlineData("DELETE", "{attempts: 0}", 1)]
    [InlineData("POST", "{attempts: 0}", 1)]
    [InlineData("GET", "{attempts: 1, retryOn: reset, backoff: 1ms}", 2)]
    [InlineData("GET", "{attempts: 1, retryOn: connect-failure}", 1)]
    public async Task ReusedConnection_EndsBeforeTheAnswer_SentAsOftenAsThePolicySays(string method, string retries, int expected)
    {
        var (connections, sent) = (0, 0);
        await using var pod = RawPod.Start(async socket =>
        {
            // Only the very first request is answered, so that its connection is kept; every other one ends its connection.
            if (Interlocked.Increment(ref connections) == 1)
            {
                await socket.SendAsync("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"u8.ToArray());
                await ReadHeadAsync(socket);
            }

            Interlocked.Increment(ref sent);
            await RawPod.SayAsync(socket, "");
        });
        await using var mesh = new TestMesh();
        mesh.AddPod("reviews", "v1", "reviews-v1-0", pod.Address);
        await mesh.StartAsync(Rule(retries));
        var client = mesh.Client();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("http://reviews:9080/")).StatusCode);

        using var request = new HttpRequestMessage(new HttpMethod(method), "http://reviews:9080/");
        var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(expected, sent);
    }

    private static async Task ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var buffer = new byte[1024];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                throw new OperationCanceledException();
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
    }
}
