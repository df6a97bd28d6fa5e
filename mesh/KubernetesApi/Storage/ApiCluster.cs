using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Storage;

/// <summary>What a server serves: kinds, their objects, and what stands behind them.</summary>
public sealed class ApiCluster
{
    private readonly StoringBackend _storing;

    /// <summary>Makes one.</summary>
    /// <param name="catalog">The kinds.</param>
    /// <param name="store">The objects.</param>
    public ApiCluster(ResourceCatalog catalog, ObjectStore store) =>
        (Catalog, Store, _storing) = (catalog, store, new StoringBackend(store));

    /// <summary>The kinds.</summary>
    public ResourceCatalog Catalog { get; }

    /// <summary>The objects.</summary>
    public ObjectStore Store { get; }

    /// <summary>What stands behind kinds that are more than stored.</summary>
    public IReadOnlyDictionary<ResourceDefinition, IResourceBackend> Backends { get; init; } =
        new Dictionary<ResourceDefinition, IResourceBackend>(ReferenceEqualityComparer.Instance);

    /// <summary>A pod's log by the pod's name: the lines that are asked for.</summary>
    public Func<string, LogQuery, CancellationToken, IAsyncEnumerable<LogLine>> ReadLog { get; init; } =
        (_, _, _) => AsyncEnumerable.Empty<LogLine>();

    /// <summary>
    /// Why something that objects have on a cluster is not here, by its name: <c>exec</c>; null where that needs no words.
    /// </summary>
    public Func<string, string?> Refusal { get; init; } = _ => null;

    internal IResourceBackend BackendOf(ResourceDefinition resource) => Backends.GetValueOrDefault(resource, _storing);
}
