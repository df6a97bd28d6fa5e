namespace Bookinfo.Mesh.Http1.Messages;

/// <summary>Fields that must not stand in a trailer section: they say how to route, frame, or read the message (RFC 9110, 6.5.1).</summary>
internal static class TrailerFields
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Forbidden = new HashSet<string>(
    [
        "authorization", "content-encoding", "content-length", "content-range", "content-type", "host", "te", "trailer",
    ], StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsForbidden(ReadOnlySpan<char> name) => Forbidden.Contains(name);
}
