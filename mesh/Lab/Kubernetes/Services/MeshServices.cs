using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>Tells the mesh which Services there are, as istiod learns it from the API server.</summary>
/// <param name="store">The objects.</param>
/// <param name="tell">Takes each port of each Service. It is called where they have changed.</param>
internal sealed class MeshServices(ObjectStore store, Action<IReadOnlyList<MeshService>> tell)
{
    private static readonly string[] Http2 = ["grpc", "grpc-web", "http2"];
    private string _told = "";

    /// <summary>Looks at the Services.</summary>
    public void Update()
    {
        var services = store.All(KubernetesKinds.Service).Select(found => found.Content)
            .Where(service => service.Texts("spec", "selector").Count > 0).SelectMany(Of).ToList();
        var now = string.Join('\n', services.Select(service =>
            $"{service} {string.Join(',', service.Selector.OrderBy(label => label.Key, StringComparer.Ordinal))}"));
        if (now != _told)
        {
            tell(services);
            _told = now;
        }
    }

    private static IEnumerable<MeshService> Of(JsonObject service) => ServiceTypes.PortsOf(service)
        .Where(port => port.Text("protocol") is null or "TCP" && port.Number("port") is not null)
        .Select(port => new MeshService(service.Name(), (int)port.Number("port")!.Value, ProtocolOf(port), service.Namespace())
        {
            PortName = port.Text("name"),
            Selector = service.Texts("spec", "selector"),
        });

    /// <summary>
    /// By <c>appProtocol</c>, else by the port's name up to its first dash (<c>pkg/config/protocol</c> of istio/istio); HTTP/1.1 where that
    /// says nothing, as what is detected in the sample.
    /// </summary>
    private static string ProtocolOf(JsonObject port)
    {
        var named = port.Text("appProtocol") ?? port.Text("name") ?? "";
        var protocol = named.StartsWith("grpc-web", StringComparison.Ordinal) ? "grpc-web" : named.Split('-')[0];
        return Http2.Contains(protocol) || named == "kubernetes.io/h2c" ? protocol is "grpc" or "grpc-web" ? protocol : "http2" : "http";
    }
}
