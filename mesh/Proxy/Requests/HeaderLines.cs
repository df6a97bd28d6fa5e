using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// The names and values of headers or trailers, copied so that they can be looked through: the enumerator of
/// <see cref="IHeaderDictionary"/> is an object, one for each look. Belongs to one thread until it is disposed of.
/// </summary>
internal readonly ref struct HeaderLines : IDisposable
{
    private readonly KeyValuePair<string, StringValues>[] _lines;
    private readonly int _count;

    public HeaderLines(IHeaderDictionary headers)
    {
        _count = headers.Count;
        _lines = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(_count);
        headers.CopyTo(_lines, 0);
    }

    public ReadOnlySpan<KeyValuePair<string, StringValues>>.Enumerator GetEnumerator() =>
        new ReadOnlySpan<KeyValuePair<string, StringValues>>(_lines, 0, _count).GetEnumerator();

    public void Dispose()
    {
        Array.Clear(_lines, 0, _count);
        ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(_lines);
    }
}
