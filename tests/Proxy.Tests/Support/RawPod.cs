using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>
/// A pod that speaks bytes, told as Latin-1: it reads a request's head and then does what the test says, once for each connection.
/// </summary>
internal sealed class RawPod : IAsyncDisposable
{
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _open = [];
    private readonly ConcurrentQueue<string> _heads = [];
    private readonly Func<Socket, Task> _behaviour;

    private RawPod(Func<Socket, Task> behaviour) => _behaviour = behaviour;

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>What came as heads, and what of the bodies came with them.</summary>
    public IReadOnlyCollection<string> Heads => _heads;

    public static RawPod Start(Func<Socket, Task> behaviour)
    {
        var pod = new RawPod(behaviour);
        pod._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        pod._listener.Listen();
        _ = pod.AcceptAsync();
        return pod;
    }

    /// <summary>Says it and ends the connection.</summary>
    public static async Task SayAsync(Socket socket, string text)
    {
        if (text.Length > 0)
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        }

        socket.Shutdown(SocketShutdown.Both);
        socket.Close();
    }

    /// <summary>Cancelled when the other side ends the connection.</summary>
    public static CancellationToken End(Socket socket)
    {
        var end = new CancellationTokenSource();
        _ = WatchAsync();
        return end.Token;

        async Task WatchAsync()
        {
            try
            {
                while (await socket.ReceiveAsync(new byte[256]) > 0)
                {
                }
            }
            catch (SocketException)
            {
                // Cut rather than closed: over all the same.
            }

            await end.CancelAsync();
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        lock (_open)
        {
            _open.ForEach(socket => socket.Dispose());
        }

        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                lock (_open)
                {
                    _open.Add(socket);
                }

                _ = ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await socket.ReceiveAsync(buffer);
                if (read == 0)
                {
                    return;
                }

                head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            _heads.Enqueue(head.ToString());
            await _behaviour(socket);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The other side went away.
        }
    }
}
