using System.Globalization;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes Services of Kubernetes.</summary>
internal static class ServiceText
{
    public static Dictionary<string, object> Document(KubernetesService service)
    {
        var writer = new ObjectWriter();
        return writer.Fields(() =>
        {
            writer.Text("apiVersion", "v1");
            writer.Text("kind", "Service");
            writer.Object("metadata", service, _ =>
            {
                writer.Text("name", service.Name);
                writer.Text("namespace", service.Namespace == Resource.DefaultNamespace ? null : service.Namespace);
            });
            writer.Object("spec", service, _ =>
            {
                writer.Texts("selector", service.Selector);
                writer.Objects("ports", service.Ports, port => Port(writer, port, service.Ports.Count > 1));
            });
        });
    }

    /// <summary>Several ports need a name each (<c>core/v1: ServicePort</c>).</summary>
    private static void Port(ObjectWriter writer, KubernetesServicePort port, bool isOneOfSeveral)
    {
        writer.Text("name", port.Name ?? (isOneOfSeveral
            ? string.Create(CultureInfo.InvariantCulture, $"{port.AppProtocol ?? "port"}-{port.Port}") : port.AppProtocol));
        writer.Number("port", port.Port);
        writer.Number("targetPort", port.TargetPort);
        writer.Text("protocol", port.Protocol == "TCP" ? null : port.Protocol);
        writer.Text("appProtocol", port.AppProtocol);
    }
}
