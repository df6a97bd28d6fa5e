using System.Net;
using System.Net.Sockets;
using System.Text;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Tests.Http1.Support;

/// <summary>A server over real sockets that does what the test says with each connection.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _open = [];
    private int _accepted;

    private RawServer(Func<Socket, Task> behaviour)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync(behaviour);
    }

    /// <summary>Connections taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    public static RawServer Start(Func<Socket, Task> behaviour) => new(behaviour);

    /// <summary>Answers every request head on a connection with the same bytes.</summary>
    public static RawServer Answering(string answer, Action<Socket>? afterwards = null) => Start(async socket =>
    {
        while (await ReadHeadAsync(socket) is { Length: > 0 })
        {
            await SayAsync(socket, answer);
            afterwards?.Invoke(socket);
        }
    });

    /// <summary>Reads up to an empty line, and with it what came in the same packets; empty at the end.</summary>
    public static async Task<string> ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var buffer = new byte[8192];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return "";
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return head.ToString();
    }

    public static Task SayAsync(Socket socket, string text) => socket.SendAsync(Encoding.Latin1.GetBytes(text));

    public ValueTask<IHttp1Transport> ConnectAsync(CancellationToken cancellationToken) =>
        SocketTransport.ConnectAsync(_listener.LocalEndPoint!, null, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        lock (_open)
        {
            _open.ForEach(socket => socket.Dispose());
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Func<Socket, Task> behaviour)
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                lock (_open)
                {
                    _open.Add(socket);
                }

                _ = ServeAsync(socket, behaviour);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task ServeAsync(Socket socket, Func<Socket, Task> behaviour)
    {
        try
        {
            await behaviour(socket);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other side is gone.
        }
    }
}
