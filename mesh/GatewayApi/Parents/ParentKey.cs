using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>What a <c>parentRef</c> names, in full.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record ParentKey(ParentKind Kind, string Namespace, string Name)
{
    /// <summary>
    /// How Linkerd writes Kubernetes' own group (<c>linkerd.io/content/2-edge/reference/httproute.md</c> of linkerd/website); Istio has no
    /// such group.
    /// </summary>
    public const string LinkerdsCore = "core";

    /// <summary>The parent; null for one that is not for Istio (<c>conversion.go: toInternalParentReference</c>).</summary>
    public static ParentKey? Of(ParentReference parent, string routeNamespace) =>
        (parent.Group ?? GatewayApiResource.Group, parent.Kind ?? "Gateway") switch
        {
            (GatewayApiResource.Group, "Gateway") => new ParentKey(ParentKind.Gateway, parent.Namespace ?? routeNamespace, parent.Name),
            (GatewayApiResource.Group, "ListenerSet") =>
                new ParentKey(ParentKind.ListenerSet, parent.Namespace ?? routeNamespace, parent.Name),
            ("" or LinkerdsCore, "Service") => new ParentKey(ParentKind.Service, parent.Namespace ?? routeNamespace, parent.Name),
            ("networking.istio.io", "ServiceEntry") =>
                new ParentKey(ParentKind.ServiceEntry, parent.Namespace ?? routeNamespace, parent.Name),
            _ => null,
        };
}

/// <summary>The kinds of parents that Istio knows.</summary>
internal enum ParentKind
{
    /// <summary>A Gateway of the Gateway API.</summary>
    Gateway,

    /// <summary>More listeners for one.</summary>
    ListenerSet,

    /// <summary>A Service: the route is for calls inside the mesh.</summary>
    Service,

    /// <summary>A ServiceEntry of Istio's, which stands for a Service here.</summary>
    ServiceEntry,
}
