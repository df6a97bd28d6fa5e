using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Bookinfo.Benchmarks.Load;

namespace Bookinfo.Benchmarks.Servers;

/// <summary>
/// The least that a proxy made of Kestrel and sockets can need: an endpoint that sends the same bytes to the upstream for every request,
/// and answers with the same bytes whatever comes back.
/// </summary>
internal static class Floor
{
    /// <summary>Answers every request until it is killed.</summary>
    public static async Task ServeAsync(IPEndPoint address, IPEndPoint upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address));
        var app = builder.Build();
        var free = new ConcurrentStack<(Socket Socket, AnswerReader Answers)>();
        var request = "GET / HTTP/1.1\r\nHost: upstream:9080\r\n\r\n"u8.ToArray();
        app.Run(async context =>
        {
            if (!free.TryPop(out var connection))
            {
                var socket = new Socket(upstream.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(upstream);
                connection = (socket, new AnswerReader(socket));
            }

            await connection.Socket.SendAsync(request);
            context.Response.StatusCode = await connection.Answers.ReadStatusAsync();
            free.Push(connection);
            await context.Response.WriteAsync("Hello World!");
        });
        await app.RunAsync();
    }
}
