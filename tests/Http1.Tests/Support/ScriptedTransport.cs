using System.Text;
using Bookinfo.Mesh.Http1.Transport;

namespace Bookinfo.Tests.Http1.Support;

/// <summary>
/// A server in memory: its bytes come in the pieces that the test says, then the connection ends; what is sent to it is kept.
/// </summary>
internal sealed class ScriptedTransport(IEnumerable<byte[]> pieces, bool asynchronous = false) : IHttp1Transport
{
    private readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0));
    private readonly MemoryStream _sent = new();
    private byte[] _rest = [];

    public string Sent => Encoding.Latin1.GetString(_sent.ToArray());

    /// <summary>How often bytes were sent.</summary>
    public int Sends { get; private set; }

    public bool IsDisposed { get; private set; }

    public bool HasInput => _rest.Length > 0;

    /// <summary>Thrown by the next receive once the pieces have come; null for an orderly end.</summary>
    public Exception? End { get; init; }

    public async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        if (asynchronous)
        {
            await Task.Yield();
        }

        if (_rest.Length == 0 && !_pieces.TryDequeue(out _rest!))
        {
            _rest = [];
            return End is null ? 0 : throw End;
        }

        var length = Math.Min(buffer.Length, _rest.Length);
        _rest.AsSpan(0, length).CopyTo(buffer.Span);
        _rest = _rest[length..];
        return length;
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Sends++;
        _sent.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => IsDisposed = true;
}
