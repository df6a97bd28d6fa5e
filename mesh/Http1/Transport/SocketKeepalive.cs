using System.Net.Sockets;

namespace Bookinfo.Mesh.Http1.Transport;

/// <summary>
/// TCP keep-alive: probes that find out whether the other side still lives. What is null is the operating system's to choose.
/// </summary>
/// <param name="Probes">Unanswered probes until the connection counts as dead.</param>
/// <param name="Time">How long a connection is idle before the first probe; whole seconds.</param>
/// <param name="Interval">Between two probes; whole seconds.</param>
public sealed record SocketKeepalive(int? Probes, TimeSpan? Time, TimeSpan? Interval)
{
    /// <summary>Sets the probes.</summary>
    public void Apply(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        Set(socket, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        Set(socket, SocketOptionName.TcpKeepAliveTime, Seconds(Time));
        Set(socket, SocketOptionName.TcpKeepAliveInterval, Seconds(Interval));
    }

    private static int? Seconds(TimeSpan? time) =>
        time is null ? null : (int)Math.Clamp(Math.Ceiling(time.Value.TotalSeconds), 0, short.MaxValue);

    private static void Set(Socket socket, SocketOptionName option, int? value)
    {
        if (value is > 0)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, option, value.Value);
        }
    }
}
