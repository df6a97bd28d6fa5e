using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio.Names;
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

    private static string ProtocolOf(JsonObject port) =>
        PortProtocols.Of((int)(port.Number("port") ?? 0), port.Text("name"), port.Text("protocol"), port.Text("appProtocol"));
}
