using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bookinfo.Tests.Proxy.Support;

/// <summary>
/// A caller that writes HTTP/2's frames itself, so that a header can hold any byte. It has no flow control: for small answers only.
/// </summary>
internal sealed class RawHttp2 : IDisposable
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private NetworkStream _stream = null!;
    private int _nextStream = 1;

    public static async Task<RawHttp2> ConnectAsync(IPEndPoint address)
    {
        var caller = new RawHttp2();
        await caller._socket.ConnectAsync(address);
        caller._stream = new NetworkStream(caller._socket);
        await caller._stream.WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        await caller.SendAsync(Settings, 0, 0, []);
        return caller;
    }

    /// <summary>Sends a request without a body; header values are Latin-1, a byte for each character.</summary>
    /// <returns>The status, or <c>reset</c> for a stream or connection that the other side gave up.</returns>
    public async Task<string> AskAsync(params (string Name, string Value)[] headers)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var stream = _nextStream;
        _nextStream += 2;
        var block = headers.SelectMany(header => (byte[])[0, .. Text(header.Name), .. Text(header.Value)]).ToArray();
        await SendAsync(Headers, 0x05, stream, block);
        var status = "";
        while (true)
        {
            if (await ReadAsync(timeout.Token) is not var (head, payload))
            {
                return "reset";
            }

            var isOurs = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) == stream;
            switch (head[3])
            {
                case GoAway:
                case ResetStream when isOurs:
                    return "reset";
                case Headers when isOurs && status.Length == 0:
                    status = Status(payload);
                    break;
            }

            if (isOurs && head[3] is Data or Headers && (head[4] & 1) != 0)
            {
                return status;
            }
        }
    }

    /// <summary>Sends a frame.</summary>
    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var head = new byte[9];
        (head[0], head[1], head[2], head[3], head[4]) =
            ((byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(5), stream);
        await _stream.WriteAsync((byte[])[.. head, .. payload]);
    }

    /// <summary>Whether the connection answers a PING; false where the other side has ended it.</summary>
    public async Task<bool> AnswersPingAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await SendAsync(Ping, 0, 0, new byte[8]);
            while (await ReadAsync(timeout.Token) is { } frame)
            {
                if (frame.Head[3] == Ping)
                {
                    return true;
                }
            }
        }
        catch (IOException)
        {
        }

        return false;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    /// <summary>Kestrel begins an answer's headers with the status, from HPACK's static table or as three digits beside its name.</summary>
    private static string Status(byte[] block) => block[0] switch
    {
        0x88 => "200",
        0x89 => "204",
        0x8a => "206",
        0x8b => "304",
        0x8c => "400",
        0x8d => "404",
        0x8e => "500",
        _ => Encoding.ASCII.GetString(block, 2, 3),
    };

    /// <summary>HPACK's string without Huffman's code (RFC 7541, 5.1 and 5.2).</summary>
    private static byte[] Text(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        if (bytes.Length < 127)
        {
            return [(byte)bytes.Length, .. bytes];
        }

        var length = new List<byte> { 127 };
        var rest = bytes.Length - 127;
        for (; rest >= 128; rest /= 128)
        {
            length.Add((byte)((rest % 128) | 128));
        }

        return [.. length, (byte)rest, .. bytes];
    }

    /// <summary>The next frame; null where the connection has ended.</summary>
    private async Task<(byte[] Head, byte[] Payload)?> ReadAsync(CancellationToken cancellation)
    {
        var head = new byte[9];
        if (await _stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length)
        {
            return null;
        }

        var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
        await _stream.ReadExactlyAsync(payload, cancellation);
        return (head, payload);
    }
}
