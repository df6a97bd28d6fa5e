using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;

namespace Bookinfo.Mesh.Istio.Analysis;

/// <summary>All services that are known, from wherever: the mesh's own, those of Kubernetes objects, those that were named.</summary>
internal static class KnownHosts
{
    public static Dictionary<string, KnownHost> Of(KnownServices known)
    {
        var hosts = new Dictionary<string, KnownHost>(StringComparer.Ordinal);
        foreach (var name in known.ServiceNames)
        {
            var full = HostNames.Full(name, known.Namespace, known.ClusterDomain);
            hosts.TryAdd(full, new KnownHost(full, known.Namespace, known.Ports.GetValueOrDefault(name),
                known.WorkloadLabels.GetValueOrDefault(name), [])
            {
                TcpPorts = known.TcpPorts.GetValueOrDefault(name, []),
            });
        }

        // What the user's own files say of a service goes before what the demo has under the same name.
        foreach (var service in known.Objects.Services)
        {
            var full = HostNames.Full(service.Name, service.Namespace, known.ClusterDomain);
            hosts[full] = new KnownHost(full, service.Namespace, [.. service.Ports.Select(port => port.Port)], Workloads(service, known),
                service.ExportTo)
            {
                TcpPorts =
                [
                    .. service.Ports.Where(port => PortProtocols.IsTcp(
                        PortProtocols.Of(port.Port, port.Name, port.Protocol, port.AppProtocol))).Select(port => port.Port),
                ],
            };
        }

        foreach (var host in known.Hosts.Where(host => !HostNames.IsWildcard(host))
            .SelectMany(host => HostNames.Forms(host, known.Namespace, known.ClusterDomain)))
        {
            hosts.TryAdd(host, new KnownHost(host, HostNames.NamespaceOf(host, known.ClusterDomain) ?? known.Namespace, null, null, []));
        }

        return hosts;
    }

    /// <summary>The pods that a Service selects; null where no object says what pods there are.</summary>
    private static List<IReadOnlyDictionary<string, string>>? Workloads(KubernetesService service, KnownServices known)
    {
        var workloads = known.Objects.Workloads.Where(workload => workload.Namespace == service.Namespace).ToList();
        return (workloads.Count == 0 && !known.IsComplete) || service.Selector.Count == 0
            ? null
            : [.. workloads.Where(workload => Labels.Fit(service.Selector, workload.Labels)).Select(workload => workload.Labels)];
    }
}

/// <summary>A service that is known, whatever it is known from.</summary>
/// <param name="Host">Its full name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Ports">Its ports; null where they are not known.</param>
/// <param name="Workloads">The labels of its pods; null where they are not known.</param>
/// <param name="ExportTo">The namespaces that see it; empty for all.</param>
internal sealed record KnownHost(
    string Host,
    string Namespace,
    IReadOnlyCollection<int>? Ports,
    IReadOnlyCollection<IReadOnlyDictionary<string, string>>? Workloads,
    IReadOnlyCollection<string> ExportTo)
{
    /// <summary>Those of the ports that Istio forwards the bytes of, because of their names.</summary>
    public IReadOnlyCollection<int> TcpPorts { get; init; } = [];

    /// <summary>Whether nothing but bytes is forwarded to it.</summary>
    public bool IsTcpOnly => Ports is { Count: > 0 } && Ports.All(TcpPorts.Contains);

    /// <summary>Whether rules that are visible from these namespaces may route to it.</summary>
    public bool IsVisibleFrom(IEnumerable<string> namespaces) => Visibility.Reaches(ExportTo, Namespace, namespaces);
}
