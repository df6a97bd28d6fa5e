using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace Bookinfo.ServiceDefaults.Http;

/// <summary>
/// Connects to this pod's outbound listener in the mesh instead of the URL's host. URL and Host stay as they are, as they do when iptables
/// redirects a call to the Envoy sidecar of a pod.
/// </summary>
internal static class MeshDialer
{
    public const string Key = "MESH_OUTBOUND";

    /// <returns>The outbound listener, or null where calls go straight to the host.</returns>
    /// <exception cref="SettingException">The setting is neither <c>host:port</c> nor <c>http://host:port</c>.</exception>
    public static DnsEndPoint? Read(IConfiguration configuration)
    {
        if (configuration.TextOrNull(Key) is not { } text)
        {
            return null;
        }

        // A URL without a port means 80, where no outbound listener is.
        var url = text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}";
        return Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address is { Scheme: "http", IsDefaultPort: false, Port: > 0, PathAndQuery: "/" }
            ? new DnsEndPoint(address.IdnHost, address.Port)
            : throw new SettingException(Key, text, "host:port or http://host:port");
    }

    public static async ValueTask<Stream> DialAsync(DnsEndPoint outbound, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(outbound, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
