using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>
/// An address to listen on, as people write it: <c>8080</c>, <c>127.0.0.1:8080</c>, <c>localhost:8080</c>, <c>[::1]:8080</c>, <c>*:8080</c>
/// or <c>http://127.0.0.1:8080</c>.
/// </summary>
public static class ListenAddress
{
    private const string Expected =
        "expected PORT, HOST:PORT or http://HOST:PORT, where HOST is an IP address, localhost, or * for every address";

    /// <summary>Reads an address. Without a host it is loopback; port 0 means any free one.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="endpoint">The address, where the text is one.</param>
    /// <param name="error">Otherwise what is wrong with it and what would be right.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? endpoint, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        endpoint = null;
        error = null;
        var rest = text.Trim();
        if (rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            error = $"'{text}' asks for TLS, which the Lab does not speak: {Expected}";
            return false;
        }

        if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest["http://".Length..].TrimEnd('/');
        }

        var colon = rest.LastIndexOf(':');
        var host = colon < 0 ? "" : rest[..colon];
        var port = rest[(colon + 1)..];
        if (!ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !TryHost(host, out var address))
        {
            error = $"'{text}' is not an address to listen on: {Expected}";
            return false;
        }

        endpoint = new IPEndPoint(address, number);
        return true;
    }

    /// <summary>The URL under which a listener is reached from this machine: a listener on every address is reached on loopback.</summary>
    /// <param name="endpoint">Where it listens.</param>
    public static string ToUrl(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var reached = IPAddress.Any.Equals(endpoint.Address) ? IPAddress.Loopback
            : IPAddress.IPv6Any.Equals(endpoint.Address) ? IPAddress.IPv6Loopback
            : endpoint.Address;
        return $"http://{new IPEndPoint(reached, endpoint.Port)}";
    }

    private static bool TryHost(string host, [NotNullWhen(true)] out IPAddress? address)
    {
        address = host switch
        {
            "" or "localhost" => IPAddress.Loopback,
            "*" or "+" => IPAddress.Any,
            _ => null,
        };
        if (address is not null)
        {
            return true;
        }

        // IPAddress.TryParse also takes "1" and "0x7f.1" for addresses; what people mean by those is a typing error.
        return IPAddress.TryParse(host, out address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 ? host.StartsWith('[') : host == address.ToString());
    }
}
