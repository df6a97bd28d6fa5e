namespace Bookinfo.Mesh.Proxy.Retries;

/// <summary>Gets the bytes of a request's body as they go by, each once. It must neither wait nor throw.</summary>
internal interface IBodyCopy
{
    /// <summary>Bytes that were read; they are the reader's again afterwards.</summary>
    void Add(ReadOnlySpan<byte> bytes);

    /// <summary>The end has been read.</summary>
    void Complete();

    /// <summary>There will be no more, and the end has not been read. After <see cref="Complete"/> it does nothing.</summary>
    void Abort();
}
