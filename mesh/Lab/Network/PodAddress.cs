using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bookinfo.Mesh.Lab.Network;

/// <summary>
/// Where a pod in another process is reached: an address as <see cref="ListenAddress"/> reads it, or <c>HOST:PORT</c> with the host name of
/// a container.
/// </summary>
internal static class PodAddress
{
    /// <summary>Reads it. A host name is looked up now, once: the pod keeps its address for as long as the mesh runs.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="endpoint">The address.</param>
    /// <param name="error">Otherwise what is wrong with it and what would be right.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out IPEndPoint? endpoint, [NotNullWhen(false)] out string? error)
    {
        if (ListenAddress.TryParse(text, out endpoint, out error))
        {
            return true;
        }

        var parts = text.Split(':');
        if (parts.Length != 2 || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || Uri.CheckHostName(parts[0]) != UriHostNameType.Dns)
        {
            return false;
        }

        try
        {
            endpoint = new IPEndPoint(Dns.GetHostAddresses(parts[0]).OrderBy(address => address.AddressFamily).First(), port);
            error = null;
            return true;
        }
        catch (SocketException e)
        {
            error = $"'{text}': the name {parts[0]} cannot be found ({e.Message})";
            return false;
        }
    }
}
