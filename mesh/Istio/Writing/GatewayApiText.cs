using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;
using HttpRoute = Bookinfo.Mesh.Istio.GatewayApi.HttpRoute;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>Writes the specs of the Gateway API's kinds.</summary>
internal sealed class GatewayApiText(ObjectWriter writer)
{
    private readonly RouteText _routes = new(writer);

    public void Write(GatewayApiResource resource)
    {
        switch (resource)
        {
            case HttpRoute route:
                _routes.Write(route);
                break;
            case GrpcRoute route:
                _routes.Write(route);
                break;
            case Gateway gateway:
                writer.Text("gatewayClassName", gateway.GatewayClassName);
                writer.Objects("listeners", gateway.Listeners, Listener);
                writer.Object("allowedListeners", gateway.AllowedListeners, allowed => Namespaces(allowed));
                break;
            case ListenerSet set:
                writer.Object("parentRef", set.ParentRef, _routes.Parent);
                writer.Objects("listeners", set.Listeners, Listener);
                break;
            case GatewayClass known:
                writer.Text("controllerName", known.ControllerName);
                writer.Text("description", known.Description);
                break;
            case ReferenceGrant grant:
                Grant(grant);
                break;
        }
    }

    private void Grant(ReferenceGrant grant)
    {
        writer.Objects("from", grant.From, from =>
        {
            writer.Text("group", from.Group);
            writer.Text("kind", from.Kind);
            writer.Text("namespace", from.Namespace);
        });
        writer.Objects("to", grant.To, to =>
        {
            writer.Text("group", to.Group);
            writer.Text("kind", to.Kind);
            writer.Text("name", to.Name);
        });
    }

    private void Listener(Listener listener)
    {
        writer.Text("name", listener.Name);
        writer.Text("hostname", listener.Hostname);
        writer.Number("port", listener.Port);
        writer.Text("protocol", listener.Protocol);
        writer.Object("tls", listener.Tls, tls => writer.Objects("certificateRefs", tls.CertificateRefs, secret =>
        {
            writer.Text("name", secret.Name);
            writer.Text("namespace", secret.Namespace);
        }));
        writer.Object("allowedRoutes", listener.AllowedRoutes, allowed =>
        {
            Namespaces(allowed.Namespaces);
            writer.Objects("kinds", allowed.Kinds, kind =>
            {
                writer.Text("group", kind.Group);
                writer.Text("kind", kind.Kind);
            });
        });
    }

    private void Namespaces(RouteNamespaces? namespaces) => writer.Object("namespaces", namespaces, spaces =>
    {
        writer.Name("from", spaces.From, GatewayApiNames.From);
        writer.Object("selector", spaces.Selector, selector =>
        {
            writer.Texts("matchLabels", selector.MatchLabels);
            writer.Objects("matchExpressions", selector.MatchExpressions, requirement =>
            {
                writer.Text("key", requirement.Key);
                writer.Text("operator", requirement.Operator);
                writer.Texts("values", requirement.Operands);
            });
        });
    });
}
