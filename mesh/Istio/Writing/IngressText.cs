using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the specs of Ingress and IngressClass.</summary>
internal sealed class IngressText(ObjectWriter writer)
{
    public void Write(IngressResource resource)
    {
        switch (resource)
        {
            case Ingress ingress:
                Write(ingress);
                break;
            case IngressClass known:
                writer.Text("controller", known.Controller);
                break;
        }
    }

    private void Write(Ingress ingress)
    {
        writer.Text("ingressClassName", ingress.IngressClassName);
        writer.Object("defaultBackend", ingress.DefaultBackend, Backend);
        writer.Objects("tls", ingress.Tls, tls =>
        {
            writer.Texts("hosts", tls.Hosts);
            writer.Text("secretName", tls.SecretName);
        });
        writer.Objects("rules", ingress.Rules, rule =>
        {
            writer.Text("host", rule.Host);
            writer.Object("http", rule.Paths.Count > 0 ? rule : null, _ => writer.Objects("paths", rule.Paths, path =>
            {
                writer.Text("path", path.Path);
                writer.Name("pathType", path.PathType, IngressNames.PathType);
                writer.Object("backend", path.Backend, Backend);
            }));
        });
    }

    private void Backend(IngressBackend backend)
    {
        writer.Object("service", backend.Service, service =>
        {
            writer.Text("name", service.Name);
            writer.Object("port", service, port =>
            {
                writer.Text("name", port.PortName);
                writer.Number("number", port.PortNumber);
            });
        });
        writer.Object("resource", backend.Resource, resource =>
        {
            writer.Text("apiGroup", resource.ApiGroup);
            writer.Text("kind", resource.Kind);
            writer.Text("name", resource.Name);
        });
    }
}
