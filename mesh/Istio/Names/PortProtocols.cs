namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Which protocol Istio takes a port of a Service for (<c>pkg/config/kube/conversion.go: ConvertProtocol</c>,
/// <c>pkg/config/protocol/instance.go</c>).
/// </summary>
public static class PortProtocols
{
    private static readonly string[] All =
    [
        "tcp", "udp", "grpc", "grpc-web", "http", "http_proxy", "http2", "https", "tls", "mongo", "redis", "mysql",
    ];

    /// <summary>Ports that Istio takes for TCP where nothing says otherwise: SMTP, DNS, MySQL and MongoDB.</summary>
    private static readonly int[] WellKnownPorts = [25, 53, 3306, 27017];

    /// <summary>
    /// The protocol in lower case; empty where nothing says it and Istio looks at the first bytes of each connection. By
    /// <c>appProtocol</c>, else by the name up to its first hyphen.
    /// </summary>
    /// <param name="port">The port's number.</param>
    /// <param name="name">Its name; null where it has none.</param>
    /// <param name="transport">Its <c>protocol</c>, such as <c>TCP</c>; null for that.</param>
    /// <param name="appProtocol">Its <c>appProtocol</c>; null where it has none.</param>
    public static string Of(int port, string? name, string? transport = null, string? appProtocol = null)
    {
        if (transport == "UDP")
        {
            return "udp";
        }

        var said = (appProtocol ?? name ?? "").ToLowerInvariant();
        var protocol = (appProtocol, said) switch
        {
            ("kubernetes.io/h2c", _) => "http2",
            ("kubernetes.io/ws", _) => "http",
            ("kubernetes.io/wss", _) => "https",
            _ when said.StartsWith("grpc-web", StringComparison.Ordinal) => "grpc-web",
            _ => said.Split('-')[0],
        };
        return All.Contains(protocol) ? protocol : WellKnownPorts.Contains(port) ? "tcp" : "";
    }

    /// <summary>Whether Istio forwards a protocol's bytes, whatever they are, so that no rule for HTTP holds (<c>IsTCP</c>,
    /// <c>IsTLS</c>).</summary>
    public static bool IsTcp(string protocol) => protocol is "tcp" or "tls" or "https" or "mongo" or "redis" or "mysql";
}
