using System.Net;

namespace Bookinfo.Mesh.TrafficConsole.Guard;

/// <summary>
/// Which names a request may call the console by. An attacker's web site can make its own name resolve to 127.0.0.1 (DNS rebinding) and
/// then read whatever answers there; the Host header gives it away.
/// </summary>
/// <param name="configured">Names and addresses beside the loopback's and the listener's own, for a console that is reached under
/// one.</param>
internal sealed class AllowedHosts(IEnumerable<string> configured)
{
    private readonly HashSet<string> _names = new(["localhost", .. configured], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a request with that Host is for this console.</summary>
    /// <param name="host">The name or address without the port.</param>
    /// <param name="local">The address on which the request's connection came in.</param>
    public bool Allows(string host, IPAddress? local) =>
        _names.Contains(host) || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(local)));
}
