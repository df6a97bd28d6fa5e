using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// What objects own, while they wait to be gone: by a finalizer for those that go last, and one for those that leave it behind
/// (<c>pkg/controller/garbagecollector/garbagecollector.go: attemptToDeleteItem, attemptToOrphan</c>).
/// </summary>
internal sealed class DependentObjects
{
    /// <summary>The finalizer of an object that what it owns outlives (<c>meta/v1/types.go: FinalizerOrphanDependents</c>).</summary>
    public const string Orphan = "orphan";

    private readonly ObjectStore _store;
    private readonly ResourceCatalog _catalog;
    private readonly Func<ResourceDefinition, IResourceBackend> _backends;

    /// <summary>Makes one, which looks at the owners of whatever is gone.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="catalog">The kinds.</param>
    /// <param name="backends">What stands behind a kind.</param>
    public DependentObjects(ObjectStore store, ResourceCatalog catalog, Func<ResourceDefinition, IResourceBackend> backends)
    {
        (_store, _catalog, _backends) = (store, catalog, backends);
        store.Removed += FinishOwners;
    }

    /// <summary>Whether an object belongs to another.</summary>
    public static bool IsOwned(JsonObject resource, JsonObject owner) =>
        resource.Items("metadata", "ownerReferences").Any(reference => reference.Text("uid") == owner.Uid());

    /// <summary>What holds an object up until its dependents are dealt with; null where it has none, or they go after it.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="propagation">What is to become of what it owns.</param>
    public string? FinalizerFor(JsonObject owner, Propagation propagation) =>
        propagation == Propagation.Background || !Owned(owner).Any() ? null
            : propagation == Propagation.Foreground ? ObjectFields.ForegroundDeletion : Orphan;

    /// <summary>Leaves what an object owns without it.</summary>
    public void Release(JsonObject owner)
    {
        foreach (var (kind, found) in Owned(owner).ToList())
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

    /// <summary>Lets an object go that waits for what it owns, where nothing of that is left.</summary>
    public void FinishWhereEmpty(ResourceDefinition kind, JsonObject owner)
    {
        if (!Owned(owner).Any())
        {
            Finish(kind, owner, ObjectFields.ForegroundDeletion);
        }
    }

    /// <summary>Takes a finalizer off an object that is to go; without any left, it is gone.</summary>
    public void Finish(ResourceDefinition kind, JsonObject owner, string finalizer)
    {
        _store.Update(kind, owner.Namespace(), owner.Name(), current =>
        {
            if (current.Uid() == owner.Uid())
            {
                current.Metadata()["finalizers"] = new JsonArray([.. current.Words("metadata", "finalizers")
                    .Where(held => held != finalizer).Select(held => JsonValue.Create(held))]);
            }
        });
        while (_store.Find(kind, owner.Namespace(), owner.Name()) is { } left && left.Content.Uid() == owner.Uid()
            && !left.Content.Words("metadata", "finalizers").Any() && !TryRemove(kind, left))
        {
            // A controller has written its status in between.
        }
    }

    private bool TryRemove(ResourceDefinition kind, StoredObject left)
    {
        try
        {
            _backends(kind).Write(new ResourceWrite(kind, left, null, IsDryRun: false));
            return true;
        }
        catch (ApiException e) when (e.Code is 404 or 409)
        {
            return e.Code == 404;
        }
    }

    private void FinishOwners(StoredObject gone)
    {
        foreach (var reference in gone.Content.Items("metadata", "ownerReferences"))
        {
            foreach (var kind in _catalog.All.Where(kind => kind.Kind == reference.Text("kind")))
            {
                if (_store.Find(kind, kind.IsNamespaced ? gone.Content.Namespace() : "", reference.Text("name") ?? "") is { } owner
                    && owner.Content.Uid() == reference.Text("uid")
                    && owner.Content.WaitsForOwned())
                {
                    FinishWhereEmpty(kind, owner.Content);
                }
            }
        }
    }

    private IEnumerable<(ResourceDefinition Kind, StoredObject Found)> Owned(JsonObject owner) => _catalog.All
        .SelectMany(kind => _store.All(kind).Where(found => IsOwned(found.Content, owner)).Select(found => (kind, found)));
}
