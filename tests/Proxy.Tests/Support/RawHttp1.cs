using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>A caller that writes HTTP/1.1's bytes itself, told as Latin-1.</summary>
internal static class RawHttp1
{
    /// <summary>
    /// Says it and reads what comes until the connection ends. A request that is served should say <c>Connection: close</c>.
    /// </summary>
    /// <param name="listener">Where to.</param>
    /// <param name="bytes">What is said.</param>
    /// <param name="then">What is said once something has come back.</param>
    public static async Task<string> SayAsync(IPEndPoint listener, string bytes, string then = "")
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(listener, timeout.Token);
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes), timeout.Token);
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await socket.ReceiveAsync(buffer, timeout.Token)) > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
                if (then.Length > 0)
                {
                    await socket.SendAsync(Encoding.Latin1.GetBytes(then), timeout.Token);
                    then = "";
                }
            }
        }
        catch (SocketException)
        {
            // Cut rather than closed: over all the same.
        }

        return answer.ToString();
    }
}
