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
    /// <summary>How often a deletion is tried again that a change overtakes.</summary>
    private const int Attempts = 5;

    /// <summary>Namespaces that stay (<c>k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go</c>).</summary>
    private static readonly string[] Immortal = ["default", "kube-system", "kube-public"];

    private readonly ObjectStore _store;
    private readonly ResourceCatalog _catalog;
    private readonly Func<ResourceDefinition, IResourceBackend> _backends;
    private readonly TimeProvider _time;
    private readonly NamespaceTermination _namespaces;
    private readonly DependentObjects _dependents;

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
        _dependents = new DependentObjects(store, catalog, backends);
    }

    /// <summary>Deletes an object, and what it owns.</summary>
    /// <param name="target">Which.</param>
    /// <param name="options">How.</param>
    /// <returns>The object as it was; with a <c>deletionTimestamp</c> where it is not gone yet.</returns>
    /// <exception cref="ApiException">There is none, or it cannot be deleted.</exception>
    public WriteResult Delete(ResourceTarget target, WriteOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = _store.Find(target.Resource, target.Namespace ?? "", target.Name!)
                ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);
            Require(target, before.Content, options.Preconditions);
            if (ReferenceEquals(target.Resource, KubernetesKinds.Namespace) && Immortal.Contains(target.Name))
            {
                throw ApiException.Forbidden(target.Resource.QualifiedName, target.Name!, "this namespace may not be deleted");
            }

            try
            {
                return Delete(target, before, options);
            }
            catch (ApiException e) when (e.Code == 409 && attempt < Attempts
                && _store.Find(target.Resource, target.Namespace ?? "", target.Name!)?.Revision != before.Revision)
            {
                // A controller has written its status meanwhile; the deletion is of what is there now.
            }
        }
    }

    private WriteResult Delete(ResourceTarget target, StoredObject before, WriteOptions options)
    {
        var isNamespace = ReferenceEquals(target.Resource, KubernetesKinds.Namespace);
        var finalizer = isNamespace ? null : _dependents.FinalizerFor(before.Content, options.Propagation);
        var isHeld = isNamespace || finalizer is not null || before.Content.Words("metadata", "finalizers").Any();
        var result = isHeld ? Mark(target.Resource, before, finalizer, options)
            : _backends(target.Resource).Write(
                new ResourceWrite(target.Resource, before, null, options.IsDryRun) { Manager = options.Manager });
        if (options.IsDryRun)
        {
            return result;
        }

        if (isNamespace)
        {
            if (before.Content.Text("metadata", "deletionTimestamp") is null)
            {
                // It runs on after the answer, as the controller of a cluster does.
                var name = before.Content.Name();
                _ = _namespaces.EndAsync(name, () => DeleteContent(name, options));
            }

            return result;
        }

        if (finalizer == DependentObjects.Orphan)
        {
            _dependents.Release(before.Content);
            _dependents.Finish(target.Resource, before.Content, finalizer);
        }
        else if (finalizer == ObjectFields.ForegroundDeletion)
        {
            DeleteOwned(before.Content, options);
            _dependents.FinishWhereEmpty(target.Resource, before.Content);
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

    private WriteResult Mark(ResourceDefinition resource, StoredObject before, string? finalizer, WriteOptions options)
    {
        var marked = before.Content.Copy();
        if (before.Content.Text("metadata", "deletionTimestamp") is null)
        {
            marked.Metadata()["deletionTimestamp"] =
                _time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            marked.Metadata()["deletionGracePeriodSeconds"] = 0;
        }
        else if (finalizer is null || before.Content.Words("metadata", "finalizers").Contains(finalizer))
        {
            return new WriteResult(before);
        }

        if (finalizer is not null)
        {
            marked.Metadata()["finalizers"] =
                new JsonArray([.. before.Content.Words("metadata", "finalizers").Append(finalizer).Select(held => JsonValue.Create(held))]);
        }

        if (ReferenceEquals(resource, KubernetesKinds.Namespace))
        {
            marked.Section("status")["phase"] = "Terminating";
        }

        return _backends(resource).Write(new ResourceWrite(resource, before, marked, options.IsDryRun) { Manager = options.Manager });
    }

    private void DeleteContent(string space, WriteOptions options) =>
        DeleteAll(found => found.Namespace() == space, options with { Propagation = Propagation.Background });

    private void DeleteOwned(JsonObject owner, WriteOptions options) => DeleteAll(found => DependentObjects.IsOwned(found, owner), options);

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
}
