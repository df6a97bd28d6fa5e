using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;
using Api = Bookinfo.Mesh.Istio.GatewayApi;

namespace Bookinfo.Mesh.Analysis.Migration.Conversion;

/// <summary>
/// Finds the Service for each destination. The Gateway API knows no subsets: each gets a Service of its own, which selects its pods.
/// </summary>
/// <param name="rules">All the rules, for subsets and ServiceEntries.</param>
/// <param name="options">The cluster.</param>
/// <param name="objects">Kubernetes objects beside the rules.</param>
internal sealed class BackendServices(RuleSet rules, MeshOptions options, KubernetesObjects objects)
{
    private const string HostnameGroup = "networking.istio.io";

    private readonly Dictionary<(string Namespace, string Name), SubsetService> _subsets = [];

    /// <summary>The Services for subsets, in the order in which they were needed.</summary>
    public IReadOnlyCollection<SubsetService> Subsets => _subsets.Values;

    /// <summary>The Service of a host; null where the host is not a Service's.</summary>
    public MeshService? Find(string fullHost) =>
        options.Services.FirstOrDefault(service => HostOf(service.Name, service.Namespace) == fullHost);

    /// <summary>The ports of a Service; none where the host is not a Service's.</summary>
    public IEnumerable<int> PortsOf(string fullHost) =>
        options.Services.Where(service => HostOf(service.Name, service.Namespace) == fullHost).Select(service => service.Port);

    /// <summary>The ServiceEntry of a host; null where there is none.</summary>
    public ServiceEntry? FindEntry(string fullHost) => rules.ServiceEntries.FirstOrDefault(entry => entry.Hosts.Contains(fullHost));

    /// <summary>The full host of a name in a VirtualService.</summary>
    public string Full(string host, string @namespace) => HostNames.Full(host, @namespace, options.ClusterDomain);

    /// <summary>What a route names for a destination.</summary>
    /// <param name="destination">The destination.</param>
    /// <param name="service">The VirtualService that has it.</param>
    /// <param name="routeNamespace">The namespace of the route.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="findings">Takes what is to be said about it.</param>
    /// <exception cref="RefusalException">It has no counterpart.</exception>
    public Api.BackendObjectReference Reference(
        Destination destination, VirtualService service, string routeNamespace, string path, FindingList findings)
    {
        var host = Full(destination.Host, service.Namespace);
        if (Find(host) is not { } known)
        {
            return FindEntry(host) is { } entry && destination.Subset is null
                ? new Api.BackendObjectReference
                {
                    Group = HostnameGroup,
                    Kind = "Hostname",
                    Name = host,
                    Port = destination.Port ?? entry.Ports[0].Number,
                }
                : throw new RefusalException($"{path}.host", $"{destination.Host} is neither a Service nor a ServiceEntry's host",
                    "name a Service that exists");
        }

        var name = destination.Subset is { Length: > 0 } subset ? SubsetOf(known, host, subset, service, path, findings) : known.Name;
        return new Api.BackendObjectReference
        {
            Name = name,
            Namespace = known.Namespace == routeNamespace ? null : known.Namespace,
            Port = destination.Port ?? known.Port,
        };
    }

    private string HostOf(string name, string @namespace) => HostNames.OfService(name, @namespace, options.ClusterDomain);

    private string SubsetOf(
        MeshService known, string host, string subset, VirtualService service, string path, FindingList findings)
    {
        var labels = rules.DestinationRules.Where(rule => Full(rule.Host, rule.Namespace) == host)
            .SelectMany(rule => rule.Subsets).FirstOrDefault(each => each.Name == subset)?.Labels
            ?? throw new RefusalException($"{path}.subset", $"no DestinationRule for {host} names the subset {subset}",
                "add its DestinationRule to the files");
        var key = (known.Namespace, $"{known.Name}-{subset}");
        if (!_subsets.TryGetValue(key, out var made))
        {
            _subsets[key] = made = Make(known, host, subset, labels);
        }

        if (made.Selector is null)
        {
            findings.Note(service, $"{path}.subset", $"the Service {key.Item2} is not written: the labels of {known.Name}'s pods are not "
                + "known", $"make one that selects {known.Name}'s pods with {Text(labels)}, or add the Service {known.Name} to the files");
        }

        return key.Item2;
    }

    private SubsetService Make(MeshService known, string host, string subset, IReadOnlyDictionary<string, string> labels)
    {
        var name = $"{known.Name}-{subset}";
        var selector = SelectorOf(known)?.Concat(labels).GroupBy(label => label.Key)
            .ToDictionary(label => label.Key, label => label.Last().Value);
        var ports = options.Services.Where(service => (service.Name, service.Namespace) == (known.Name, known.Namespace)).ToList();
        return new SubsetService(name, known.Namespace, HostOf(name, known.Namespace), host, subset, selector, ports,
            objects.Services.Any(service => (service.Name, service.Namespace) == (name, known.Namespace)));
    }

    /// <summary>The labels by which a Service selects its pods; null where they are not known.</summary>
    private IReadOnlyDictionary<string, string>? SelectorOf(MeshService service)
    {
        if (objects.Services.FirstOrDefault(each => (each.Name, each.Namespace) == (service.Name, service.Namespace)) is { } written)
        {
            return written.Selector.Count > 0 ? written.Selector : null;
        }

        return service.Selector.Count > 0 ? service.Selector
            : options.Pods.Any(pod => pod.Workload.App == service.Name && pod.Workload.Namespace == service.Namespace)
                ? new Dictionary<string, string> { ["app"] = service.Name }
                : null;
    }

    private static string Text(IReadOnlyDictionary<string, string> labels) =>
        labels.Count == 0 ? "any labels" : string.Join(", ", labels.Select(label => $"{label.Key}: {label.Value}"));
}

/// <summary>A Service that stands for a subset.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Host">Its full host.</param>
/// <param name="OfHost">The full host of the Service that the subset is of.</param>
/// <param name="Subset">The subset.</param>
/// <param name="Selector">The labels of its pods; null where they are not known.</param>
/// <param name="Ports">The ports of the Service that the subset is of.</param>
/// <param name="IsThere">Whether it is among the files already.</param>
internal sealed record SubsetService(string Name, string Namespace, string Host, string OfHost, string Subset,
    IReadOnlyDictionary<string, string>? Selector, IReadOnlyList<MeshService> Ports, bool IsThere)
{
    /// <summary>As the mesh knows it.</summary>
    public IEnumerable<MeshService> ToMeshServices() => Ports.Select(port => port with
    {
        Name = Name,
        Namespace = Namespace,
        Selector = Selector ?? new Dictionary<string, string>(),
    });

    /// <summary>As Kubernetes knows it; null where it need not or cannot be written.</summary>
    public KubernetesService? ToKubernetes() => IsThere || Selector is null ? null : new KubernetesService(Namespace, Name,
        [.. Ports.Select(port => new KubernetesServicePort(port.Port, null, "TCP", port.PortName) { AppProtocol = port.Protocol })],
        Selector, []);
}
