using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Conditions in a status that say that a cluster does not apply a resource, for users who pipe what <c>kubectl get -o yaml</c> prints
/// (<c>pkg/config/analysis/analyzers/conditions/conditions.go</c>).
/// </summary>
internal static class StatusConditions
{
    private static readonly string[] OfWaypoints = ["istio.io/WaypointBound"];
    private static readonly string[] OfPolicies = ["ZtunnelAccepted", "WaypointAccepted"];
    private static readonly string[] OfGatewayApi = ["Accepted", "Programmed", "ResolvedRefs"];

    /// <summary>A warning for each condition that is false.</summary>
    /// <param name="kind">The resource's kind.</param>
    /// <param name="document">The resource.</param>
    /// <param name="file">The file.</param>
    /// <param name="subject">How problems call the resource.</param>
    public static IEnumerable<Problem> Find(string kind, YamlMapping document, string file, string subject)
    {
        if (TypesOf(kind) is not { } types || document.Find("status")?.Value is not YamlMapping status)
        {
            return [];
        }

        var owners = kind is "HTTPRoute" or "GRPCRoute" ? Items(status, "parents") : [status];
        return owners.SelectMany(owner => Items(owner, "conditions"))
            .Where(condition => types.Contains(Text(condition, "type"))
                && (Text(condition, "status") == "False" || Text(condition, "reason") == "PartiallyInvalid"))
            .Select(condition => new Problem(MessageTypes.NegativeConditionStatus.Severity, file, condition.Place.Line,
                condition.Place.Column, $"{subject} status",
                $"the cluster says {Text(condition, "type")}: {Text(condition, "reason")}: {Text(condition, "message")}", null)
            {
                Type = MessageTypes.NegativeConditionStatus,
            });
    }

    private static string[]? TypesOf(string kind) => kind switch
    {
        "Service" or "ServiceEntry" or "WorkloadEntry" => OfWaypoints,
        "AuthorizationPolicy" => OfPolicies,
        "Gateway" or "HTTPRoute" or "GRPCRoute" => OfGatewayApi,
        _ => null,
    };

    private static IEnumerable<YamlMapping> Items(YamlMapping owner, string name) =>
        owner.Find(name)?.Value is YamlSequence list ? list.Items.OfType<YamlMapping>() : [];

    private static string Text(YamlMapping owner, string name) => (owner.Find(name)?.Value as YamlScalar)?.Value ?? "";
}
