using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of a Gateway.</summary>
internal static class GatewayFields
{
    public static Gateway Read(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        Servers = spec.Objects("servers", "Server", Server),
        Selector = spec.TextMap("selector"),
    };

    private static Server Server(ObjectReader server)
    {
        var port = server.Object("port", "Port", Port);
        if (!server.Has("port"))
        {
            server.Error("port", "a port is required", "write port: {number: 8080, name: http, protocol: HTTP}");
        }

        return new Server
        {
            Name = server.Text("name") is { Length: > 0 } name ? name : null,
            Port = port ?? new Port { Number = 0, Protocol = "", Name = "" },
            Hosts = server.Texts("hosts"),
        };
    }

    private static Port Port(ObjectReader port) => new()
    {
        Number = port.UInt32("number") ?? 0,
        Protocol = port.Text("protocol") ?? "",
        Name = port.Text("name") ?? "",
    };
}
