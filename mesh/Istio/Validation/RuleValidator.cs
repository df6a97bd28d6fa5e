using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks resources one by one as istiod's validation does (<c>pkg/config/validation/validation.go</c> and <c>virtualservice.go</c> of
/// istio/istio), and refuses values that the mesh does not support. <see cref="RuleReader"/> has done so with all it read; rules made in
/// code may ask here.
/// </summary>
public static class RuleValidator
{
    /// <summary>What is wrong or odd about a resource, whatever else there is.</summary>
    public static IReadOnlyList<Problem> Validate(Resource resource) => Validate(resource, _ => false);

    /// <param name="resource">The resource.</param>
    /// <param name="isSpoilt">Whether what stands at a path could not be read, which has been said.</param>
    internal static IReadOnlyList<Problem> Validate(Resource resource, Predicate<string> isSpoilt)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var findings = new Findings(resource, isSpoilt);
        switch (resource)
        {
            case VirtualService service:
                VirtualServiceCheck.Check(service, findings);
                break;
            case DestinationRule rule:
                DestinationRuleCheck.Check(rule, findings);
                break;
            case Gateway gateway:
                GatewayCheck.Check(gateway, findings);
                break;
            case ServiceEntry entry:
                ServiceEntryCheck.Check(entry, findings);
                break;
            case GatewayApi.HttpRoute route:
                RouteCheck.Check(route, findings);
                break;
            case GatewayApi.GrpcRoute route:
                RouteCheck.Check(route, findings);
                break;
            case GatewayApi.Gateway gateway:
                ListenerCheck.Check(gateway, findings);
                break;
            case GatewayApi.ListenerSet set:
                ListenerCheck.Check(set, findings);
                break;
            case GatewayApi.ReferenceGrant grant:
                ListenerCheck.Check(grant, findings);
                break;
            case Ingresses.Ingress ingress:
                IngressCheck.Check(ingress, findings);
                break;
        }

        return findings.Problems;
    }
}
