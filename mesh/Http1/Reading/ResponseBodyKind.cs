namespace Bookinfo.Mesh.Http1.Reading;

/// <summary>How an answer says where its body ends (RFC 9112, 6.3).</summary>
public enum ResponseBodyKind
{
    /// <summary>There is none: an answer to HEAD, 1xx, 204, 304.</summary>
    None,

    /// <summary>Content-Length.</summary>
    Length,

    /// <summary>Transfer-Encoding: chunked.</summary>
    Chunked,

    /// <summary>With the connection.</summary>
    UntilClose,

    /// <summary>101: the connection belongs to another protocol, in both directions.</summary>
    Tunnel,
}
