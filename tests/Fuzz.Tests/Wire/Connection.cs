using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bookinfo.Tests.Fuzz.Wire;

/// <summary>
/// A TCP connection whose bytes are kept: everything that came, as Latin-1. A connection that the other side cut has ended, too.
/// </summary>
public sealed class Connection(Socket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly StringBuilder _received = new();
    private string? _text;

    /// <summary>Everything that came so far.</summary>
    public string Received => _text ??= _received.ToString();

    /// <summary>Whether the other side has ended or cut the connection.</summary>
    public bool HasEnded { get; private set; }

    public static async Task<Connection> OpenAsync(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address);
        return new Connection(socket);
    }

    /// <summary>Sends bytes; what the other side no longer takes is lost.</summary>
    public async Task SendAsync(string bytes)
    {
        try
        {
            await socket.SendAsync(ByteText.ToBytes(bytes));
        }
        catch (Exception e) when (IsEnd(e))
        {
            // What the other side said before it cut the connection can still be read.
        }
    }

    /// <summary>Waits for more bytes; false when there will be none.</summary>
    /// <exception cref="OperationCanceledException">Nothing came in time.</exception>
    public async Task<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var count = HasEnded ? 0 : await socket.ReceiveAsync(_buffer, cancellationToken);
            _received.Append(ByteText.From(_buffer.AsSpan(0, count)));
            _text = null;
            HasEnded = count == 0;
        }
        catch (Exception e) when (IsEnd(e))
        {
            HasEnded = true;
        }

        return !HasEnded;
    }

    /// <summary>Forgets the first bytes of <see cref="Received"/>.</summary>
    public void Forget(int count)
    {
        _received.Remove(0, count);
        _text = null;
    }

    /// <summary>Tells the other side that no more will come.</summary>
    public void FinishSending()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (IsEnd(e))
        {
            // It has ended already.
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsEnd(Exception e) => e is SocketException or ObjectDisposedException;
}
