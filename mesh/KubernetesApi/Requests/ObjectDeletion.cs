using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// Deletes objects: at once, or where something holds it up (a finalizer, the content of a namespace) by marking them, and what they own
/// with them (<c>k8s.io/apiserver/pkg/registry/generic/registry/store.go: Delete</c>, <c>pkg/controller/garbagecollector</c>).
/// </summary>
internal sealed class ObjectDeletion
{
    private readonly ObjectStore _store;
    private readonly ResourceCatalog _catalog;
    private readonly Func<ResourceDefinition, IResourceBackend> _backends;
    private readonly TimeProvider _time;
    private readonly NamespaceTermination _namespaces;

    /// <summary>Makes one, which from now on finishes namespaces that are to go.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="catalog">The kinds.</param>
    /// <param name="backends">What stands behind a kind.</param>
    /// <param name="time">The clock of <c>deletionTimestamp</c>.</param>
    /// <param name="stopping">Ends what would run on.</param>
    public ObjectDeletion(ObjectStore store, ResourceCatalog catalog, Func<ResourceDefinition, IResourceBackend> backends,
        TimeProvider time, CancellationToken stopping)
    {
        (_store, _catalog, _backends, _time) = (store, catalog, backends, time);
        _namespaces = new NamespaceTermination(store, catalog, time, stopping);
    }

    /// <summary>Deletes an object, and what it owns.</summary>
    /// <param name="target">Which.</param>
    /// <param name="options">How.</param>
    /// <returns>The object as it was; with a <c>deletionTimestamp</c> where it is not gone yet.</returns>
    /// <exception cref="ApiException">There is none, or it cannot be deleted.</exception>
    public WriteResult Delete(ResourceTarget target, WriteOptions options)
    {
        var before = _store.Find(target.Resource, target.Namespace ?? "", target.Name!)
            ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);
        Require(target, before.Content, options.Preconditions);
        if (!options.IsDryRun && options.Propagation == Propagation.Foreground)
        {
            DeleteOwned(before.Content, options);
        }

        var isNamespace = ReferenceEquals(target.Resource, KubernetesKinds.Namespace);
        var isHeld = isNamespace || before.Content.Words("metadata", "finalizers").Any();
        var result = isHeld ? Mark(target.Resource, before, options)
            : _backends(target.Resource).Write(
                new ResourceWrite(target.Resource, before, null, options.IsDryRun) { Manager = options.Manager });
        if (options.IsDryRun)
        {
            return result;
        }

        if (isNamespace && before.Content.Text("metadata", "deletionTimestamp") is null)
        {
            // It runs on after the answer, as the controller of a cluster does.
            var name = before.Content.Name();
            _ = _namespaces.EndAsync(name, () => DeleteContent(name, options));
        }
        else if (!isNamespace && options.Propagation == Propagation.Orphan)
        {
            Orphan(before.Content);
        }
        else if (!isHeld)
        {
            DeleteOwned(before.Content, options);
        }

        return result;
    }

    /// <summary>The same, where the object may have gone meanwhile.</summary>
    public void DeleteIfThere(ResourceTarget target, WriteOptions options)
    {
        try
        {
            Delete(target, options);
        }
        catch (ApiException e) when (e.Code == 404)
        {
            // Gone with something else that went.
        }
    }

    private static void Require(ResourceTarget target, JsonObject before, JsonObject? preconditions)
    {
        if (preconditions.Text("uid") is { } uid && uid != before.Uid())
        {
            throw new ApiException(409, "Conflict",
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid()}");
        }

        if (preconditions.Text("resourceVersion") is { } version && version != before.Text("metadata", "resourceVersion"))
        {
            throw ApiException.Conflict(target.Resource.QualifiedName, target.Name!);
        }
    }

    private WriteResult Mark(ResourceDefinition resource, StoredObject before, WriteOptions options)
    {
        if (before.Content.Text("metadata", "deletionTimestamp") is not null)
        {
            return new WriteResult(before);
        }

        var marked = before.Content.Copy();
        marked.Metadata()["deletionTimestamp"] =
            _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        marked.Metadata()["deletionGracePeriodSeconds"] = 0;
        if (ReferenceEquals(resource, KubernetesKinds.Namespace))
        {
            marked.Section("status")["phase"] = "Terminating";
        }

        return _backends(resource).Write(new ResourceWrite(resource, before, marked, options.IsDryRun) { Manager = options.Manager });
    }

    private void DeleteContent(string space, WriteOptions options) =>
        DeleteAll(found => found.Namespace() == space, options with { Propagation = Propagation.Background });

    private void DeleteOwned(JsonObject owner, WriteOptions options) => DeleteAll(found => IsOwned(found, owner), options);

    private void DeleteAll(Func<JsonObject, bool> isMeant, WriteOptions options)
    {
        foreach (var kind in _catalog.All.Where(kind => kind.IsNamespaced))
        {
            foreach (var found in _store.All(kind).Where(found => isMeant(found.Content)).ToList())
            {
                DeleteIfThere(new ResourceTarget(kind, kind.Version, found.Content.Namespace(), found.Content.Name(), null),
                    options with { Preconditions = null });
            }
        }
    }

    private void Orphan(JsonObject owner)
    {
        foreach (var kind in _catalog.All)
        {
            foreach (var found in _store.All(kind).Where(found => IsOwned(found.Content, owner)).ToList())
            {
                _store.Update(kind, found.Content.Namespace(), found.Content.Name(), current =>
                {
                    var others = current.Items("metadata", "ownerReferences").Where(reference => reference.Text("uid") != owner.Uid());
                    current.Metadata()["ownerReferences"] = new JsonArray([.. others.Select(reference => reference.DeepClone())]);
                    if (!current.Items("metadata", "ownerReferences").Any())
                    {
                        current.Metadata().Remove("ownerReferences");
                    }
                });
            }
        }
    }

    private static bool IsOwned(JsonObject resource, JsonObject owner) =>
        resource.Items("metadata", "ownerReferences").Any(reference => reference.Text("uid") == owner.Uid());
}
