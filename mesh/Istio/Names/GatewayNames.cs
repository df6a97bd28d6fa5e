using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Names of Gateways. Source: <c>pilot/pkg/model/gateway.go</c>, <c>pkg/config/resource: NewShortOrFullName</c>,
/// <c>model.ResolveGatewayName</c>.
/// </summary>
public static class GatewayNames
{
    /// <summary>
    /// <c>namespace/name</c>, for <c>name</c>, <c>namespace/name</c>, and the old <c>name.namespace.svc.cluster.local</c>; <c>mesh</c>
    /// stays as it is.
    /// </summary>
    /// <param name="name">The name as a rule writes it.</param>
    /// <param name="space">The rule's namespace.</param>
    public static string Full(string name, string space)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == VirtualService.MeshGateway)
        {
            return name;
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash == 1 && name[0] == '.' ? $"{space}{name[slash..]}"
            : slash >= 0 ? name
            : name.Split('.') is [var first, var named, ..] ? $"{named}/{first}" : $"{space}/{name}";
    }
}
