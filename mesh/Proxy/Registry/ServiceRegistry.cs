using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>The services of the mesh and those that ServiceEntries add, by full name.</summary>
internal sealed class ServiceRegistry
{
    private readonly Dictionary<string, List<Service>> _byHost = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="options">The mesh.</param>
    /// <param name="entries">The ServiceEntries that the callers see.</param>
    /// <param name="forSidecars">Whether the callers are pods: protocols are not detected at the gateway.</param>
    public ServiceRegistry(MeshOptions options, IReadOnlyList<ServiceEntry> entries, bool forSidecars)
    {
        foreach (var service in options.Services)
        {
            Add(KubernetesService(service, options, forSidecars));
        }

        foreach (var entry in entries)
        {
            foreach (var service in ServiceEntries.Services(entry, options, forSidecars))
            {
                Add(service);
            }
        }
    }

    /// <summary>Every service, one for each of its ports, in the order they were named.</summary>
    public List<Service> All { get; } = [];

    /// <summary>The service's ports; null for an unknown host.</summary>
    public IReadOnlyList<Service>? Find(string host) => _byHost.GetValueOrDefault(host);

    /// <summary>The service at <paramref name="port"/>; without a port, the only or first one.</summary>
    public Service? Find(string host, int? port)
    {
        if (!_byHost.TryGetValue(host, out var ports))
        {
            return null;
        }

        return port is null ? ports[0] : ports.Find(service => service.Port == port);
    }

    private static Service KubernetesService(MeshService service, MeshOptions options, bool forSidecars)
    {
        var full = HostNames.OfService(service.Name, service.Namespace, options.ClusterDomain);
        return new Service
        {
            Host = full,
            Name = service.Name,
            Namespace = service.Namespace,
            Port = service.Port,
            SpeaksHttp2 = service.SpeaksHttp2,
            KeepsClientProtocol = forSidecars && service.IsDetected,
            IsTcp = service.IsTcp,
            Endpoints = [.. options.Pods.Where(pod => service.Selects(pod.Workload)).Select(EndpointOf)],
            NamesFor = callerNamespace => HostNames.Domains(full, callerNamespace, options.ClusterDomain),
        };
    }

    private static Endpoint EndpointOf(Pod pod) => new(pod.Address.Address.ToString(), pod.Address.Port, pod.Workload.Labels, pod);

    private void Add(Service service)
    {
        All.Add(service);
        if (!_byHost.TryGetValue(service.Host, out var ports))
        {
            _byHost[service.Host] = ports = [];
        }

        ports.Add(service);
    }
}
