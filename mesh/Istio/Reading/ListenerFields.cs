using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>The fields of what has listeners, Gateway and ListenerSet of the Gateway API, and of what they refer to.</summary>
internal static class ListenerFields
{
    public static Gateway Gateway(ObjectReader spec, Metadata metadata, SourceMap source)
    {
        // Where and as what the gateway's own pods and Service are made; the mesh has its gateway already.
        spec.Skip("addresses", "infrastructure");
        return new Gateway
        {
            Metadata = metadata,
            Source = source,
            GatewayClassName = RouteFields.Required(spec, "gatewayClassName"),
            Listeners = spec.Objects("listeners", "Listener", Listener),
            AllowedListeners = spec.Object("allowedListeners", "AllowedListeners",
                allowed => allowed.Object("namespaces", "ListenerNamespaces", Namespaces) ?? new RouteNamespaces()),
        };
    }

    public static ListenerSet ListenerSet(ObjectReader spec, Metadata metadata, SourceMap source)
    {
        var parent = spec.Object("parentRef", "ParentGatewayReference", RouteFields.Parent);
        if (!spec.Has("parentRef"))
        {
            spec.Error("parentRef", "a parentRef is required", "write parentRef: {name: ...}");
        }

        return new ListenerSet
        {
            Metadata = metadata,
            Source = source,
            ParentRef = parent ?? new ParentReference { Name = "" },
            Listeners = spec.Objects("listeners", "Listener", Listener),
        };
    }

    public static GatewayClass GatewayClass(ObjectReader spec, Metadata metadata, SourceMap source)
    {
        spec.Skip("parametersRef");
        return new GatewayClass
        {
            Metadata = metadata,
            Source = source,
            ControllerName = RouteFields.Required(spec, "controllerName"),
            Description = spec.Text("description"),
        };
    }

    public static ReferenceGrant ReferenceGrant(ObjectReader spec, Metadata metadata, SourceMap source) => new()
    {
        Metadata = metadata,
        Source = source,
        From = spec.Objects("from", "ReferenceGrantFrom", from => new ReferenceGrantFrom(
            RouteFields.Required(from, "group"), RouteFields.Required(from, "kind"), RouteFields.Required(from, "namespace"))),
        To = spec.Objects("to", "ReferenceGrantTo", to => new ReferenceGrantTo(
            RouteFields.Required(to, "group"), RouteFields.Required(to, "kind"),
            to.Text("name") is { Length: > 0 } name ? name : null)),
    };

    private static Listener Listener(ObjectReader listener)
    {
        if (!listener.Has("port"))
        {
            listener.Error("port", "a port is required", "write port: 8080");
        }

        return new Listener
        {
            Name = RouteFields.Required(listener, "name"),
            Hostname = listener.Text("hostname") is { Length: > 0 } host ? host : null,
            Port = listener.Int32("port") ?? 0,
            Protocol = Protocol(listener),
            Tls = listener.Object("tls", "ListenerTLSConfig", Tls),
            AllowedRoutes = listener.Object("allowedRoutes", "AllowedRoutes", allowed => new AllowedRoutes
            {
                Namespaces = allowed.Object("namespaces", "RouteNamespaces", Namespaces),
                Kinds = allowed.Objects("kinds", "RouteGroupKind",
                    kind => new RouteGroupKind(kind.Text("group"), RouteFields.Required(kind, "kind"))),
            }),
        };
    }

    private static string Protocol(ObjectReader listener)
    {
        var protocol = RouteFields.Required(listener, "protocol");
        if (protocol == GatewayApi.Listener.Https)
        {
            listener.Remark(MessageTypes.Hint, "protocol",
                "the mesh serves this listener by HTTP, to requests whose Host has its port; on a cluster it is served by HTTPS");
        }

        return protocol;
    }

    private static ListenerTls Tls(ObjectReader tls)
    {
        if (tls.Text("mode") is { } mode and not "Terminate")
        {
            if (UnsupportedFields.Reason("ListenerTLSConfig", $"mode: {mode}") is { } reason)
            {
                tls.Remark(MessageTypes.Unsupported, "mode", $"the mesh does not support {mode}: {reason}", "use Terminate");
            }
            else
            {
                tls.Error("mode", $"{Messages.Quote(mode)} is not a mode of TLS", "use Terminate");
            }
        }

        return new ListenerTls(tls.Objects("certificateRefs", "SecretObjectReference", secret =>
        {
            if ((secret.Text("group") ?? "", secret.Text("kind") ?? "Secret") is not ("", "Secret"))
            {
                secret.Error("kind", "a certificate is in a Secret", "write kind: Secret, and leave group out");
            }

            return new SecretReference(
                RouteFields.Required(secret, "name"), secret.Text("namespace") is { Length: > 0 } named ? named : null);
        }));
    }

    private static RouteNamespaces Namespaces(ObjectReader namespaces) => new()
    {
        From = namespaces.Name("from", GatewayApiNames.From),
        Selector = namespaces.Object("selector", "LabelSelector", selector => new LabelSelector
        {
            MatchLabels = selector.TextMap("matchLabels"),
            MatchExpressions = selector.Objects("matchExpressions", "LabelSelectorRequirement", requirement => new LabelRequirement(
                RouteFields.Required(requirement, "key"), RouteFields.Required(requirement, "operator"), requirement.Texts("values"))),
        }),
    };
}
