using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// VirtualServices whose <c>exportTo</c> hides them from those they are for: the gateway that they are bound to, which looks from the
/// namespace of its pods, and the callers beside them (<c>pilot/pkg/model/push_context.go: VirtualServicesForGateway</c>).
/// </summary>
internal static class HiddenResourceAnalysis
{
    /// <summary>Where Istio's own gateway runs.</summary>
    private const string IstioNamespace = "istio-system";

    public static IEnumerable<Problem> Analyze(AnalysisScope scope, VirtualService service)
    {
        if (Visibility.IsForAll(service.ExportTo) || service.Hosts.Count == 0)
        {
            yield break;
        }

        for (var i = 0; i < service.Gateways.Count; i++)
        {
            if (Namespaces(scope, service, service.Gateways[i]) is { Count: > 0 } namespaces
                && !Visibility.Reaches(service.ExportTo, service.Namespace, namespaces))
            {
                yield return service.Problem(MessageTypes.NoEffect, "spec.exportTo",
                    $"the pods of Gateway {service.Gateways[i]} run in {Messages.AllOf(namespaces)}, from where this VirtualService is not "
                    + "visible: no request gets here from it", $"add {namespaces[0]} to exportTo");
            }
        }

        if (HostAnalysis.IsForMesh(service) && !Visibility.Reaches(service.ExportTo, service.Namespace, [service.Namespace]))
        {
            yield return service.Problem(MessageTypes.Hint, "spec.exportTo",
                $"callers in {service.Namespace}, its own namespace, do not see it; those in {Messages.AllOf(service.ExportTo)} do",
                "add . for its own namespace");
        }
    }

    /// <summary>The namespaces of a Gateway's pods; none where they are not known.</summary>
    private static List<string> Namespaces(AnalysisScope scope, VirtualService service, string name)
    {
        if (name == VirtualService.MeshGateway
            || scope.Gateways.Find(GatewayNames.Full(name, service.Namespace)) is not { Selector.Count: > 0 } gateway)
        {
            return [];
        }

        var pods = scope.Known.Objects.Workloads.Where(workload => Labels.Fit(gateway.Selector, workload.Labels))
            .Select(workload => workload.Namespace).Distinct().ToList();
        return pods.Count > 0 ? pods
            : scope.Known.GatewayLabels.Any(labels => Labels.Fit(gateway.Selector, labels)) ? [IstioNamespace] : [];
    }
}
