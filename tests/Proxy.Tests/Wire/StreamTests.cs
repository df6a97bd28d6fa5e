using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;
using Bookinfo.Tests.Proxy.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Bookinfo.Tests.Proxy.Wire;

/// <summary>Answers that take their time, and upgrades, by HTTP/1.1.</summary>
public sealed class StreamTests
{
    [Fact]
    public async Task Http1_ResponseStream_EachPartArrivesAtOnce()
    {
        await using var mesh = new TestMesh();
        var go = new SemaphoreSlim(0);
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.Response.WriteAsync($"{i}");
                await context.Response.Body.FlushAsync();
                await go.WaitAsync();
            }
        });
        await mesh.StartAsync();
        using var response = await mesh.Client().GetAsync("http://reviews:9080/", HttpCompletionOption.ResponseHeadersRead);
        var stream = await response.Content.ReadAsStreamAsync();
        var part = new byte[1];
        for (var i = 0; i < 3; i++)
        {
            await stream.ReadExactlyAsync(part);
            Assert.Equal($"{i}", Encoding.ASCII.GetString(part));
            go.Release();
        }
    }

    [Fact]
    [SuppressMessage("Security", "CA5350", Justification = "RFC 6455 asks for SHA-1 in the handshake.")]
    public async Task Http1_WebSocket_GoesThrough()
    {
        await using var mesh = new TestMesh();
        await mesh.AddAsync("reviews", "v1", async context =>
        {
            var upgrade = context.Features.GetRequiredFeature<IHttpUpgradeFeature>();
            context.Response.Headers.Connection = "Upgrade";
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers["Sec-WebSocket-Accept"] = Convert.ToBase64String(System.Security.Cryptography.SHA1.HashData(
                Encoding.ASCII.GetBytes(context.Request.Headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
            await using var stream = await upgrade.UpgradeAsync();
            using var server = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
            var buffer = new byte[64];
            var message = await server.ReceiveAsync(buffer, default);
            await server.SendAsync(buffer.AsMemory(0, message.Count), WebSocketMessageType.Text, true, default);
            await server.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        });
        await mesh.StartAsync();
        using var invoker = new HttpMessageInvoker(Sockets.DialTo(mesh.Server.OutboundOf(mesh.Caller)));
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri("ws://reviews:9080/"), invoker, default);
        await client.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, default);
        var answer = new byte[64];
        var received = await client.ReceiveAsync(answer, default);

        Assert.Equal("hello", Encoding.ASCII.GetString(answer, 0, received.Count));
    }
}
