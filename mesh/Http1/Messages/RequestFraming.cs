namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>How a request says where its body ends (RFC 9112, 6).</summary>
public readonly record struct RequestFraming
{
    private RequestFraming(bool chunked, long? length) => (IsChunked, Length) = (chunked, length);

    /// <summary>No body, and no field that speaks of one.</summary>
    public static RequestFraming None => default;

    /// <summary>Chunks, for a body of unknown length or with trailers.</summary>
    public static RequestFraming Chunked { get; } = new(true, null);

    /// <summary>Whether the body is sent in chunks.</summary>
    public bool IsChunked { get; }

    /// <summary>The body's length in bytes; null where it is not declared.</summary>
    public long? Length { get; }

    /// <summary>A body of so many bytes; 0 writes <c>content-length: 0</c>.</summary>
    public static RequestFraming OfLength(long bytes) => new(false, bytes);
}
