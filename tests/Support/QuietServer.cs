using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bookinfo.Tests.Support;

/// <summary>
/// A server that allocates nothing for a request, for tests of what others allocate: it answers on one connection, from a thread of its own
/// that waits in the operating system.
/// </summary>
public sealed class QuietServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answer;
    private readonly int _bodyLength;

    /// <param name="answer">What it says to every request, in ASCII.</param>
    /// <param name="bodyLength">The length of the requests' bodies, in bytes.</param>
    public QuietServer(string answer, int bodyLength = 0)
    {
        (_answer, _bodyLength) = (Encoding.ASCII.GetBytes(answer), bodyLength);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        new Thread(Serve) { IsBackground = true }.Start();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    /// <summary>Takes no more connections.</summary>
    public void Dispose() => _listener.Dispose();

    private void Serve()
    {
        try
        {
            using var socket = _listener.Accept();
            socket.NoDelay = true;
            var buffer = new byte[128 * 1024];
            var have = 0;
            while (socket.Receive(buffer, have, buffer.Length - have, SocketFlags.None) is > 0 and var read)
            {
                have += read;
                var end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
                if (end >= 0 && have >= end + 4 + _bodyLength)
                {
                    have = 0;
                    socket.Send(_answer);
                }
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
    }
}
