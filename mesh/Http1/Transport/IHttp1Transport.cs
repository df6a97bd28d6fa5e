namespace Bookinfo.Mesh.Http1.Transport;

/// <summary>The bytes of one connection. One receive and one send may be under way at a time, together.</summary>
public interface IHttp1Transport : IDisposable
{
    /// <summary>Whether bytes, or the connection's end, wait to be received. Never blocks.</summary>
    bool HasInput { get; }

    /// <summary>Receives at least one byte; 0 once the other side has ended.</summary>
    /// <param name="buffer">Where to put them; not empty.</param>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Sends all of the bytes.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);
}
