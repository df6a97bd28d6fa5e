using System.Globalization;

namespace Bookinfo.Mesh.Proxy.Requests;

/// <summary>The parts of a Host header or <c>:authority</c>.</summary>
internal readonly ref struct Authority(ReadOnlySpan<char> host, int? port)
{
    /// <summary>The host; an IPv6 address keeps its brackets.</summary>
    public ReadOnlySpan<char> Host { get; } = host;

    /// <summary>The port; null where the header has none.</summary>
    public int? Port { get; } = port;

    /// <summary>Takes a Host header apart.</summary>
    public static Authority Split(ReadOnlySpan<char> authority)
    {
        var colon = authority.LastIndexOf(':');
        if (colon < 0 || authority[(colon + 1)..].Contains(']'))
        {
            return new Authority(authority, null);
        }

        return int.TryParse(authority[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new Authority(authority[..colon], port)
            : new Authority(authority, null);
    }

    public void Deconstruct(out ReadOnlySpan<char> host, out int? port)
    {
        host = Host;
        port = Port;
    }
}
