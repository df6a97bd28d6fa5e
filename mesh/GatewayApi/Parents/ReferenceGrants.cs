using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>Which references to other namespaces are allowed there (<c>gatewaycommon/references_collection.go</c>).</summary>
internal sealed class ReferenceGrants(IReadOnlyList<ReferenceGrant> grants)
{
    /// <param name="from">What refers to something.</param>
    /// <param name="group">The group of what it refers to.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="name">Its name.</param>
    public bool Allow(GatewayApiResource from, string group, string kind, string @namespace, string name) =>
        grants.Where(grant => grant.Namespace == @namespace).Any(grant =>
            grant.From.Any(each => (each.Group, each.Kind, each.Namespace) == (GatewayApiResource.Group, from.Kind, from.Namespace))
            && grant.To.Any(to => (to.Group, to.Kind) == (group, kind) && (to.Name is null || to.Name == name)));
}
