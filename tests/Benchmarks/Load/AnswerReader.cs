using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;

namespace Bookinfo.Benchmarks.Load;

/// <summary>
/// Reads HTTP/1.1 answers from a kept connection, one after another: the status, and past the body (RFC 9112, sections 6 and 7).
/// </summary>
internal sealed class AnswerReader(Socket socket)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads one whole answer.</summary>
    /// <returns>Its status code.</returns>
    /// <exception cref="IOException">The connection ended inside the answer.</exception>
    public async ValueTask<int> ReadStatusAsync()
    {
        int headEnd;
        while ((headEnd = Unread.IndexOf("\r\n\r\n"u8)) < 0)
        {
            await FillAsync();
        }

        var (status, length) = ReadHead(Unread[..(headEnd + 2)]);
        _start += headEnd + 4;
        if (length is { } bytes)
        {
            await SkipAsync(bytes);
        }
        else
        {
            await SkipChunksAsync();
        }

        return status;
    }

    private Span<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    private static (int Status, int? Length) ReadHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..12], out int status, out _))
        {
            throw new IOException("the answer is not HTTP/1.1");
        }

        var name = "\r\ncontent-length:"u8;
        for (var at = 0; at + name.Length < head.Length; at++)
        {
            if (head[at] == (byte)'\r' && System.Text.Ascii.EqualsIgnoreCase(head.Slice(at, name.Length), name))
            {
                var value = head[(at + name.Length)..].TrimStart((byte)' ');
                return Utf8Parser.TryParse(value, out int length, out _) ? (status, length)
                    : throw new IOException("no length in Content-Length");
            }
        }

        return (status, null);
    }

    private async ValueTask SkipChunksAsync()
    {
        while (true)
        {
            int lineEnd;
            while ((lineEnd = Unread.IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            var size = int.Parse(System.Text.Encoding.ASCII.GetString(Unread[..lineEnd]), NumberStyles.HexNumber,
                CultureInfo.InvariantCulture);
            _start += lineEnd + 2;
            await SkipAsync(size + 2);
            if (size == 0)
            {
                return;
            }
        }
    }

    private async ValueTask SkipAsync(int bytes)
    {
        while (bytes > _end - _start)
        {
            bytes -= _end - _start;
            _start = _end = 0;
            await FillAsync();
        }

        _start += bytes;
    }

    private async ValueTask FillAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            Unread.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await socket.ReceiveAsync(_buffer.AsMemory(_end));
        _end += read > 0 ? read : throw new IOException("the server closed the connection inside an answer");
    }
}
