using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>Parts of a DestinationRule that are set and do nothing.</summary>
internal static class PolicyEffectAnalysis
{
    /// <summary>The namespace whose DestinationRules hold for callers everywhere (<c>meshconfig: rootNamespace</c>).</summary>
    private const string RootNamespace = "istio-system";

    public static IEnumerable<Problem> Analyze(AnalysisScope scope, IReadOnlyList<ServiceFindings> services)
    {
        var used = services.SelectMany(each => each.Subsets).Select(each => (each.Full, each.Subset)).ToHashSet();
        return scope.Rules.DestinationRules.SelectMany(rule => (IEnumerable<Problem>)
        [
            .. Policies(rule).SelectMany(each => Of(rule, each.Path, each.LoadBalancer, each.Outliers)),
            .. Ports(scope, rule),
            .. Subsets(scope, rule, used),
            .. Namespace(scope, rule),
        ]);
    }

    private static IEnumerable<(string Path, LoadBalancerSettings? LoadBalancer, OutlierDetection? Outliers)> Policies(
        DestinationRule rule) =>
        Policies("spec.trafficPolicy", rule.TrafficPolicy)
            .Concat(rule.Subsets.SelectMany((subset, i) => Policies($"spec.subsets[{i}].trafficPolicy", subset.TrafficPolicy)));

    private static IEnumerable<(string Path, LoadBalancerSettings? LoadBalancer, OutlierDetection? Outliers)> Policies(
        string path, TrafficPolicy? policy) => policy is null ? []
        :
        [
            (path, policy.LoadBalancer, policy.OutlierDetection),
            .. policy.PortLevelSettings.Select((port, i) => ($"{path}.portLevelSettings[{i}]", port.LoadBalancer, port.OutlierDetection)),
        ];

    /// <summary>
    /// <c>pilot/pkg/networking/core/cluster_traffic_policy.go: applySimpleDefaultLoadBalancer, applyOutlierDetection</c>. Envoy does not
    /// count gateway errors unless it is told to (<c>outlier_detection.proto: enforcing_consecutive_gateway_failure</c>).
    /// </summary>
    private static IEnumerable<Problem> Of(
        DestinationRule rule, string path, LoadBalancerSettings? loadBalancer, OutlierDetection? outliers)
    {
        if (loadBalancer is { Warmup: not null } && (loadBalancer.ConsistentHash is not null
            || loadBalancer.Simple is SimpleLb.Random or SimpleLb.Passthrough))
        {
            yield return rule.Problem(MessageTypes.NoEffect, $"{path}.loadBalancer.warmup",
                "warmup works with LEAST_REQUEST and ROUND_ROBIN only: it does nothing here", "use one of these, or leave warmup out");
        }

        if (outliers is { Consecutive5xxErrors: 0, ConsecutiveGatewayErrors: null or 0 }
            and not { SplitExternalLocalOriginErrors: true, ConsecutiveLocalOriginFailures: not 0 })
        {
            yield return rule.Problem(MessageTypes.NoEffect, $"{path}.outlierDetection",
                "consecutive5xxErrors is 0, which switches it off, and nothing else is counted: no pod is ejected",
                "give consecutive5xxErrors or consecutiveGatewayErrors a number above 0");
        }
    }

    private static IEnumerable<Problem> Ports(AnalysisScope scope, DestinationRule rule)
    {
        if (scope.PortsOf(scope.Full(rule.Host, rule)) is not { Count: > 0 } ports)
        {
            return [];
        }

        return PortSettings("spec.trafficPolicy", rule.TrafficPolicy)
            .Concat(rule.Subsets.SelectMany((subset, i) => PortSettings($"spec.subsets[{i}].trafficPolicy", subset.TrafficPolicy)))
            .Where(each => !ports.Contains(each.Port))
            .Select(each => rule.Problem(MessageTypes.NoEffect, $"{each.Path}.port",
                $"{rule.Host} does not serve port {each.Port}: these settings do nothing",
                $"use {Messages.OneOf(ports.Order().Select(port => $"{port}"))}"));
    }

    private static IEnumerable<(string Path, int Port)> PortSettings(string path, TrafficPolicy? policy) =>
        (policy?.PortLevelSettings ?? []).Select((each, i) => ($"{path}.portLevelSettings[{i}]", each.Port));

    /// <summary>A subset's policy holds for requests that a route sends to the subset by name.</summary>
    private static IEnumerable<Problem> Subsets(AnalysisScope scope, DestinationRule rule, HashSet<(string Full, string Subset)> used)
    {
        var full = scope.Full(rule.Host, rule);
        return rule.Subsets.Select((subset, i) => (Subset: subset, Index: i))
            .Where(each => each.Subset.TrafficPolicy is not null && !used.Contains((full, each.Subset.Name)) && !HostNames.IsWildcard(full))
            .Select(each => rule.Problem(MessageTypes.Hint, $"spec.subsets[{each.Index}].trafficPolicy",
                $"no VirtualService here routes to the subset {each.Subset.Name}: its trafficPolicy does nothing until one does",
                "a policy for all requests stands in spec.trafficPolicy"));
    }

    /// <summary>
    /// Of DestinationRules count those in the caller's namespace, in the service's and in the root namespace
    /// (<c>pilot/pkg/model/push_context.go: destinationRule</c>).
    /// </summary>
    private static IEnumerable<Problem> Namespace(AnalysisScope scope, DestinationRule rule)
    {
        var service = HostNames.NamespaceOf(scope.Full(rule.Host, rule), scope.Known.ClusterDomain);
        if (service is not null && service != rule.Namespace && rule.Namespace != RootNamespace)
        {
            yield return rule.Problem(MessageTypes.Hint, "metadata.namespace",
                $"the rule holds for callers in {rule.Namespace} only: others look in their own namespace, in the service's, which is "
                + $"{service}, and in {RootNamespace}", $"put it into {service} if it is for all callers");
        }
    }
}
