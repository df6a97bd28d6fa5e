using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>
/// Gateways whose selector selects no pod, whose port no Service has, and that serve the same hosts as others
/// (<c>analyzers/gateway/gateway.go</c> and <c>conflictinggateway.go</c>).
/// </summary>
internal static class GatewayWorkloadAnalysis
{
    public static IEnumerable<Problem> Analyze(AnalysisScope scope) => scope.Rules.Gateways.SelectMany(gateway => (IEnumerable<Problem>)
    [
        .. Selector(scope, gateway),
        .. Conflicts(scope, gateway),
        .. Unused(scope, gateway),
    ]);

    private static IEnumerable<Problem> Selector(AnalysisScope scope, Gateway gateway)
    {
        var pods = scope.Known.Objects.Workloads.Where(workload => Labels.Fit(gateway.Selector, workload.Labels)).ToList();
        var own = scope.Known.GatewayLabels.Where(labels => Labels.Fit(gateway.Selector, labels)).ToList();
        if (pods.Count == 0 && own.Count == 0)
        {
            if (scope.Known is { IsComplete: false, Objects.IsPartial: true })
            {
                yield return gateway.Problem(MessageTypes.NothingKnown, "spec.selector",
                    $"nothing is known of a workload with the labels {Labels.Text(gateway.Selector)}, which would serve this Gateway",
                    "give its Deployment with the rules");
            }
            else if (IsCertain(scope, gateway))
            {
                var labels = Messages.OneOf(scope.Known.GatewayLabels.Select(Labels.Text));
                yield return gateway.Problem(
                    MessageTypes.ReferencedResourceNotFound,
                    "spec.selector",
                    $"no workload has the labels {Labels.Text(gateway.Selector)}: nothing serves this Gateway",
                    labels.Length == 0 ? "give the gateway's Deployment with the rules"
                        : $"the gateway here has {labels}; give another one's Deployment with the rules");
            }

            yield break;
        }

        var services = scope.Known.Objects.Services
            .Where(service => service.Selector.Count > 0
                && pods.Exists(pod => pod.Namespace == service.Namespace && Labels.Fit(service.Selector, pod.Labels)))
            .ToList();
        var ports = services.SelectMany(service => service.Ports).SelectMany(port => (int[])[port.Port, port.TargetPort ?? port.Port])
            .ToHashSet();
        ports.UnionWith(own.Count > 0 ? scope.Known.GatewayPorts : []);
        if (ports.Count == 0 && (!scope.Known.IsComplete || scope.Known.Objects.Services.Count == 0))
        {
            yield break;
        }

        for (var i = 0; i < gateway.Servers.Count; i++)
        {
            if (gateway.Servers[i].Port.Number is > 0 and var number && !ports.Contains(number))
            {
                yield return gateway.Problem(
                    MessageTypes.GatewayPortNotDefinedOnService,
                    $"spec.servers[{i}].port.number",
                    $"the Service of the gateway does not have port {number}: callers outside the cluster do not reach it",
                    $"use {Messages.OneOf(ports.Order().Select(port => $"{port}"))}, or add the port to the Service");
            }
        }
    }

    /// <summary>Where the pods are known, or the gateway's own label has another value than that of the gateway that is known.</summary>
    private static bool IsCertain(AnalysisScope scope, Gateway gateway) =>
        scope.Known.IsComplete
            ? scope.Known.GatewayLabels.Count + scope.Known.Objects.Workloads.Count > 0 || gateway.Selector.Count > 0
            : scope.Known.Objects.Workloads.Count > 0
                || scope.Known.GatewayLabels.Any(labels => gateway.Selector.Keys.Any(labels.ContainsKey));

    private static IEnumerable<Problem> Conflicts(AnalysisScope scope, Gateway gateway)
    {
        var others = scope.Rules.Gateways.Where(other => !ReferenceEquals(other, gateway) && SelectsSamePods(scope, gateway, other))
            .ToList();
        for (var i = 0; i < gateway.Servers.Count; i++)
        {
            var server = gateway.Servers[i];
            var conflicting = others
                .Where(other => other.Servers.Any(each => each.Port.Number == server.Port.Number
                    && each.Hosts.Intersect(server.Hosts).Any()))
                .ToList();
            if (conflicting.Count > 0)
            {
                yield return gateway.Problem(
                    MessageTypes.ConflictingGateways,
                    $"spec.servers[{i}].hosts",
                    $"{Messages.AllOf(conflicting.Select(other => other.Subject))} {Messages.Has(conflicting.Count)} the same selector, "
                    + $"port {server.Port.Number} and hosts",
                    "put the servers into one Gateway, or give each its own hosts");
            }
        }
    }

    /// <summary>One selector is part of the other, and where they differ, one pod has the labels of both.</summary>
    private static bool SelectsSamePods(AnalysisScope scope, Gateway one, Gateway other)
    {
        var (first, second) = (Key(one), Key(other));
        return first == second
            || ((first.Contains(second, StringComparison.Ordinal) || second.Contains(first, StringComparison.Ordinal))
                && scope.Known.Objects.Workloads.Select(workload => workload.Labels).Concat(scope.Known.GatewayLabels)
                    .Any(labels => Labels.Fit(one.Selector, labels) && Labels.Fit(other.Selector, labels)));
    }

    private static string Key(Gateway gateway) =>
        string.Join(',', gateway.Selector.OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => $"{label.Key}={label.Value}"));

    private static IEnumerable<Problem> Unused(AnalysisScope scope, Gateway gateway)
    {
        var full = $"{gateway.Namespace}/{gateway.Name}";
        if (scope.Known.IsComplete && scope.Rules.VirtualServices.All(service =>
            service.Gateways.All(name => GatewayNames.Full(name, service.Namespace) != full)))
        {
            yield return gateway.Problem(MessageTypes.Hint, "metadata.name",
                "no VirtualService is bound to this Gateway: every request to it gets 404", "name it in a VirtualService's gateways");
        }
    }
}
