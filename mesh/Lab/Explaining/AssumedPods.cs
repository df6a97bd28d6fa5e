using System.Net;
using Bookinfo.Mesh.Analysis.Assumptions;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Explaining;

/// <summary>
/// Pods for services of which no workload is known, so that a question about rules is not answered by 503 because of what the files do not
/// say: one pod, and one for each subset.
/// </summary>
internal static class AssumedPods
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 0);

    /// <summary>The cluster with these pods.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="objects">
    /// The Kubernetes objects. The pods of a Service among them are known, where there are workloads of its namespace too.
    /// </param>
    public static AssumedCluster Add(AssumedCluster cluster, KubernetesObjects objects)
    {
        var spaces = objects.Workloads.Select(workload => workload.Namespace).ToHashSet(StringComparer.Ordinal);
        var known = objects.Services.Where(service => spaces.Contains(service.Namespace))
            .Select(service => (service.Namespace, service.Name)).ToHashSet();
        var pods = cluster.Options.Services
            .Where(service => !known.Contains((service.Namespace, service.Name))
                && !cluster.Options.Pods.Any(pod => Selects(service, pod.Workload)))
            .DistinctBy(service => (service.Namespace, service.Name))
            .SelectMany(service => Of(service, cluster));
        return cluster with { Options = cluster.Options with { Pods = [.. cluster.Options.Pods, .. pods] } };
    }

    private static IEnumerable<Pod> Of(MeshService service, AssumedCluster cluster)
    {
        var host = HostNames.OfService(service.Name, service.Namespace, cluster.Options.ClusterDomain);
        var subsets = cluster.Rules.DestinationRules
            .Where(rule => HostNames.Full(rule.Host, rule.Namespace, cluster.Options.ClusterDomain) == host)
            .SelectMany(rule => rule.Subsets).DistinctBy(subset => subset.Name).ToList();
        var labels = service.Selector.Count > 0 ? service.Selector : new Dictionary<string, string> { ["app"] = service.Name };
        return subsets.Count == 0 ? [Pod(service, "a pod", labels)]
            : subsets.Select(subset => Pod(service, $"a pod of {subset.Name}",
                labels.Concat(subset.Labels).GroupBy(label => label.Key).ToDictionary(label => label.Key, label => label.Last().Value)));
    }

    private static Pod Pod(MeshService service, string name, IReadOnlyDictionary<string, string> labels) =>
        new($"{service.Name}, {name}", new Workload(service.Name, service.Name, "", labels, service.Namespace), Nowhere);

    private static bool Selects(MeshService service, Workload workload) => workload.Namespace == service.Namespace
        && (service.Selector.Count == 0 ? workload.App == service.Name
            : service.Selector.All(label => workload.Labels.TryGetValue(label.Key, out var value) && value == label.Value));
}
