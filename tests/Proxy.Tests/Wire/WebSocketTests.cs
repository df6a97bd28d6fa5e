using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>
/// WebSockets to a pod: by HTTP/1.1's Upgrade, and by HTTP/2's CONNECT, which becomes an Upgrade on the way to the pod
/// (<c>source/common/http/utility.cc: transformUpgradeRequestFromH2toH1</c> of envoyproxy/envoy; RFC 8441).
/// </summary>
public sealed class WebSocketTests
{
    private const string Gateway = """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata: {name: front}
        spec:
          selector: {istio: ingressgateway}
          servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: details}
        spec:
          hosts: ["*"]
          gateways: [front]
          http: [{route: [{destination: {host: details} }]}]
        """;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSocket_OfACallerOfThatVersion_GoesThrough(string version)
    {
        await using var mesh = new TestMesh();
        var seen = "";
        await mesh.AddAsync("reviews", "v1", context =>
        {
            seen = $"{context.Request.Method} {context.Request.Protocol} {context.Request.Headers.Upgrade}";
            return EchoAsync(context);
        });
        await mesh.StartAsync();

        Assert.Equal("hello", await AskAsync(mesh.Server.OutboundOf(mesh.Caller), "ws://reviews:9080/", Version.Parse(version)));
        Assert.Equal("GET HTTP/1.1 websocket", seen);
    }

    [Fact]
    public async Task WebSocket_ThroughGatewayAndSidecar_GoesThrough()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", EchoAsync);
        await mesh.AddAsync("details", "v1", async context =>
        {
            using var server = await AcceptAsync(context);
            var message = await ReceiveAsync(server);
            var answer = await AskAsync(mesh.Server.OutboundOf(mesh.PodOf("details-v1-0")), "ws://reviews:9080/", HttpVersion.Version11,
                message);
            await server.SendAsync(Encoding.ASCII.GetBytes(answer), WebSocketMessageType.Text, true, default);
            await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        await mesh.StartAsync(Gateway);

        Assert.Equal("hello", await AskAsync(mesh.Server.Gateway!, "ws://example.org/", HttpVersion.Version11));
    }

    private static async Task<string> AskAsync(IPEndPoint address, string url, Version version, string message = "hello")
    {
        using var invoker = new HttpMessageInvoker(Sockets.DialTo(address));
        using var client = new ClientWebSocket();
        (client.Options.HttpVersion, client.Options.HttpVersionPolicy) = (version, HttpVersionPolicy.RequestVersionExact);
        await client.ConnectAsync(new Uri(url), invoker, default);
        await client.SendAsync(Encoding.ASCII.GetBytes(message), WebSocketMessageType.Text, true, default);
        return await ReceiveAsync(client);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var server = await AcceptAsync(context);
        var message = await ReceiveAsync(server);
        await server.SendAsync(Encoding.ASCII.GetBytes(message), WebSocketMessageType.Text, true, default);
        await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }

    private static async Task<string> ReceiveAsync(WebSocket socket)
    {
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, default);
        return Encoding.ASCII.GetString(buffer, 0, received.Count);
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1 in the handshake.")]
    private static async Task<WebSocket> AcceptAsync(HttpContext context)
    {
        var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers["Sec-WebSocket-Accept"] = Convert.ToBase64String(SHA1.HashData(
            Encoding.ASCII.GetBytes(context.Request.Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
        return WebSocket.CreateFromStream(await upgrade.UpgradeAsync(), new WebSocketCreationOptions { IsServer = true });
    }
}
