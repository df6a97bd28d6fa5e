namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>Fields that the protocol itself has a meaning for.</summary>
internal enum FieldKind : byte
{
    /// <summary>Passed on as it is.</summary>
    EndToEnd,

    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    ProxyConnection,
    Upgrade,
}
