using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Tests.Conformance.Harness;

/// <summary>
/// Calls by one listener of the mesh: URL and Host stay as they are, the connection goes to the listener, as iptables does it for a
/// sidecar.
/// </summary>
public sealed class Caller(IPEndPoint listener, AccessLog log) : IDisposable
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(listener, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public AccessLog Log { get; } = log;

    public async Task<Reply> SendAsync(Call call)
    {
        var reply = await SendAsync(call, new Uri(call.Url));
        for (var hops = 0; call.FollowRedirects && reply.Status is >= 300 and < 400 && hops < 5; hops++)
        {
            reply = await SendAsync(call, new Uri(new Uri(call.Url), reply.Headers["Location"]));
        }

        return reply;
    }

    public void Dispose() => _client.Dispose();

    private async Task<Reply> SendAsync(Call call, Uri url)
    {
        var id = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), url)
        {
            Version = call.Http,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = call.Body is null ? null : new StringContent(call.Body),
        };
        request.Headers.Host = call.Host;
        request.Headers.TryAddWithoutValidation("x-request-id", id);

        // An edge gives the request an id of its own; the user agent stands in the access log as it came.
        if (!call.Headers.Keys.Contains("User-Agent", StringComparer.OrdinalIgnoreCase))
        {
            request.Headers.TryAddWithoutValidation("User-Agent", $"conformance/{id}");
        }

        if (request.Content is not null && call.Headers.Keys.Contains("Content-Type", StringComparer.OrdinalIgnoreCase))
        {
            request.Content.Headers.ContentType = null;
        }

        foreach (var (name, value) in call.Headers.SelectMany(header =>
            header.Value.Split(Call.NextValue).Select(value => (header.Key, value))))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.ReadAsync(response, id);
    }
}
