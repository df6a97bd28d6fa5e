using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Gateway = Bookinfo.Mesh.Istio.GatewayApi.Gateway;

namespace Bookinfo.Mesh.GatewayApi.Parents;

/// <summary>
/// The conditions of Gateways, ListenerSets and their listeners (<c>conversion.go: buildListener, reportGatewayStatus;
/// gatewaycommon/conversion.go: ReportListenerSetStatus</c>).
/// </summary>
internal static class ResourceConditions
{
    private const string NoErrors = "No errors found";

    /// <param name="resource">A Gateway or a ListenerSet.</param>
    /// <param name="valid">How many of its listeners are valid.</param>
    /// <param name="all">How many it has.</param>
    public static IReadOnlyList<Condition> Of(GatewayApiResource resource, int valid, int all)
    {
        var none = valid == 0 ? new Refusal("ListenersNotValid", $"None of the {resource.Kind}'s listeners are valid") : null;
        var accepted = none is not null ? none.ToCondition(Condition.Accepted)
            : valid < all && resource is Gateway
                ? Fine.Condition(Condition.Accepted, "ListenersNotValid", "One or more of the Gateway's listeners are invalid")
                : Fine.Condition(Condition.Accepted, "Accepted", "Resource accepted");
        var programmed = none is not null && resource is ListenerSet ? none.ToCondition(Condition.Programmed)
            : Fine.Condition(Condition.Programmed, "Programmed", "Resource programmed");
        return resource is Gateway
            ? [accepted, programmed, Fine.Condition(Condition.ResolvedRefs, "ResolvedRefs", "All references resolved")]
            : [accepted, programmed];
    }

    /// <param name="listener">A listener.</param>
    /// <param name="conflict">What is in its way; null for nothing.</param>
    /// <param name="certificate">Why it has no certificate; null where it has one or needs none.</param>
    /// <param name="attached">How many routes are attached to it.</param>
    public static ListenerStatus Of(Listener listener, Refusal? conflict, Refusal? certificate, int attached)
    {
        var supported = SupportedKinds.Of(listener);
        var resolved = certificate is not null ? certificate.ToCondition(Condition.ResolvedRefs)
            : supported.AreValid
            ? Fine.Condition(Condition.ResolvedRefs, "ResolvedRefs", NoErrors)
            : new Refusal("InvalidRouteKinds", "Invalid route kinds").ToCondition(Condition.ResolvedRefs);
        IReadOnlyList<Condition> conditions = conflict is null
            ?
            [
                certificate is null ? Fine.Condition(Condition.Accepted, "Accepted", NoErrors)
                    : new Refusal("NoValidCACertificate", certificate.Message).ToCondition(Condition.Accepted),
                Fine.Condition(Condition.Conflicted, "NoConflicts", NoErrors),
                certificate is null ? Fine.Condition(Condition.Programmed, "Programmed", NoErrors)
                    : new Refusal("Invalid", "Bad TLS configuration").ToCondition(Condition.Programmed),
                resolved,
            ]
            :
            [
                conflict.ToCondition(Condition.Accepted),
                conflict.ToCondition(Condition.Conflicted),
                conflict.ToCondition(Condition.Programmed),
            ];
        return new ListenerStatus(listener.Name, attached, supported.Kinds, conditions);
    }
}
