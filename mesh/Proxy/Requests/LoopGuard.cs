using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>
/// Counts how often a request has left the mesh for a host outside, in the header that RFC 8586 has for it, so that one that comes back
/// again and again ends. Addresses alone do not tell: behind another proxy, or behind address translation, the mesh does not know itself.
/// </summary>
internal static class LoopGuard
{
    /// <summary>A request that left this often and came back is refused with 508 (RFC 5842, 7.2).</summary>
    public const int MostRounds = 10;

    /// <summary>Envoy has no such check; the word is the mesh's own.</summary>
    public const string Details = "loop_detected";

    private const string Header = "cdn-loop";
    private const string Name = "bookinfo-mesh";

    /// <summary>Whether the request has gone round too often.</summary>
    public static bool GoesRound(IHeaderDictionary headers) => headers.TryGetValue(Header, out var value) && Rounds(value) >= MostRounds;

    /// <summary>Marks a request that leaves the mesh.</summary>
    public static void Mark(IHeaderDictionary headers) =>
        headers[Header] = headers.TryGetValue(Header, out var before) ? $"{before}, {Name}" : Name;

    private static int Rounds(StringValues value)
    {
        var rounds = 0;
        foreach (var line in value)
        {
            foreach (var part in line.AsSpan().Split(','))
            {
                rounds += line.AsSpan(part).Trim(" \t").SequenceEqual(Name) ? 1 : 0;
            }
        }

        return rounds;
    }
}
