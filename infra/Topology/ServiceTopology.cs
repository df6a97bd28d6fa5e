namespace Bookinfo.Topology;

/// <summary>The services of a system and who calls whom. Every place that runs the system reads this and nothing else.</summary>
public sealed class ServiceTopology
{
    private readonly Dictionary<string, BookService> _byName;

    /// <summary>Takes the services and checks that they fit together.</summary>
    /// <param name="services">The services; the one with public paths is called by the gateway.</param>
    /// <exception cref="ArgumentException">A name stands twice, a call leads nowhere, or a service or release has nothing to
    /// run.</exception>
    public ServiceTopology(IReadOnlyList<BookService> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        Services = services;
        _byName = new Dictionary<string, BookService>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (!_byName.TryAdd(service.Name, service))
            {
                throw new ArgumentException($"the service {service.Name} stands twice in the topology", nameof(services));
            }
        }

        foreach (var service in services)
        {
            CheckCalls(service);
            CheckReleases(service);
        }
    }

    /// <summary>The services, in the order in which the sample tells of them.</summary>
    public IReadOnlyList<BookService> Services { get; }

    /// <summary>The namespace in which the services live on the pod network, and which short host names in rules mean.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>The domain under which the services' full names end.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The service of that name.</summary>
    /// <param name="name">For example <c>reviews</c>.</param>
    /// <exception cref="KeyNotFoundException">There is none; the message names those there are.</exception>
    public BookService this[string name] =>
        _byName.TryGetValue(name, out var service)
            ? service
            : throw new KeyNotFoundException($"there is no service {name}; there are {string.Join(", ", _byName.Keys)}");

    /// <summary>The same services in another namespace.</summary>
    /// <param name="namespace">For example <c>prod</c>.</param>
    public ServiceTopology In(string @namespace) => new(Services) { Namespace = @namespace, ClusterDomain = ClusterDomain };

    /// <summary>The services that call the given one, in order.</summary>
    /// <param name="name">The name of the service that is called.</param>
    public IEnumerable<BookService> CallersOf(string name) => Services.Where(service => service.Calls.Contains(name));

    private void CheckCalls(BookService service)
    {
        foreach (var callee in service.Calls)
        {
            if (!_byName.ContainsKey(callee))
            {
                throw new ArgumentException($"{service.Name} calls {callee}, which is not a service of the topology");
            }
        }
    }

    private static void CheckReleases(BookService service)
    {
        if (service.Releases.All(release => release.Optional))
        {
            throw new ArgumentException($"{service.Name} has no release that runs by itself: at least one must not be optional");
        }

        var twice = service.Releases.GroupBy(release => release.Version).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"{service.Name} has the release {twice.Key} twice");
        }
    }
}
