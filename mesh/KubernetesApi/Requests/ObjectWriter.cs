using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// Creates, changes and deletes objects. A change that another one overtakes is made again, unless it asks for a revision.
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="catalog">The kinds.</param>
/// <param name="backends">What stands behind a kind.</param>
/// <param name="preparation">Makes of what a client sends what is kept.</param>
internal sealed class ObjectWriter(
    ObjectStore store, ResourceCatalog catalog, Func<ResourceDefinition, IResourceBackend> backends, ObjectPreparation preparation)
{
    /// <summary>How often a change is made again (<c>endpoints/handlers/patch.go: maxRetryWhenPatchConflicts</c>).</summary>
    private const int Attempts = 5;

    /// <summary>Creates an object.</summary>
    /// <param name="target">Where.</param>
    /// <param name="body">The object; it is changed.</param>
    /// <param name="options">How.</param>
    /// <param name="managedFields">Who has set what, where that is known already; null to note it as the client's.</param>
    /// <exception cref="ApiException">It cannot be created.</exception>
    public WriteResult Create(ResourceTarget target, JsonObject body, WriteOptions options, JsonNode? managedFields = null)
    {
        var resource = target.Resource;
        if (body.Text("metadata", "resourceVersion") is { Length: > 0 })
        {
            throw ApiException.BadRequest("resourceVersion should not be set on objects to be created");
        }

        ObjectPreparation.Address(target, body);
        if (resource.IsNamespaced && store.Find(KubernetesKinds.Namespace, "", body.Namespace()) is null)
        {
            throw ApiException.NotFound("namespaces", body.Namespace());
        }

        var warnings = ObjectPreparation.Check(resource, body, options.Validation);
        preparation.Create(resource, body);
        if (store.Find(resource, body.Namespace(), body.Name()) is not null)
        {
            throw ApiException.AlreadyExists(resource.QualifiedName, body.Name());
        }

        Defaults.Apply(resource, body);
        if (managedFields is null)
        {
            preparation.Ownership(resource, options).Track(null, body);
        }
        else
        {
            body.Metadata()["managedFields"] = managedFields;
        }

        return Write(new ResourceWrite(resource, null, body, options.IsDryRun) { Manager = options.Manager }, warnings);
    }

    /// <summary>Changes an object.</summary>
    /// <param name="target">Which.</param>
    /// <param name="change">What it is to become, of a copy; called again where another change overtakes it.</param>
    /// <param name="options">How.</param>
    /// <param name="tracks">Whether the change is noted as the client's; false where the change itself has done so.</param>
    /// <exception cref="ApiException">There is none, or it cannot be changed so.</exception>
    public WriteResult Change(ResourceTarget target, Func<JsonObject, JsonObject> change, WriteOptions options, bool tracks = true)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = Find(target);
            var after = change(before.Content.Copy());
            var wanted = after.Text("metadata", "resourceVersion");
            try
            {
                return Change(target, before, after, options, tracks);
            }
            catch (ApiException e) when (e.Code == 409 && attempt < Attempts
                && (wanted is null or "" || wanted == before.Content.Text("metadata", "resourceVersion"))
                && store.Find(target.Resource, target.Namespace ?? "", target.Name!)?.Revision != before.Revision)
            {
                // Overtaken: the change is made of what is there now.
            }
        }
    }

    /// <summary>Deletes an object, and what it owns.</summary>
    /// <param name="target">Which.</param>
    /// <param name="options">How.</param>
    /// <returns>The object as it was.</returns>
    /// <exception cref="ApiException">There is none, or it may not be deleted.</exception>
    public WriteResult Delete(ResourceTarget target, WriteOptions options)
    {
        var before = Find(target);
        if (options.Preconditions.Text("uid") is { } uid && uid != before.Content.Uid())
        {
            throw new ApiException(409, "Conflict",
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Content.Uid()}");
        }

        if (options.Preconditions.Text("resourceVersion") is { } version && version != before.Content.Text("metadata", "resourceVersion"))
        {
            throw ApiException.Conflict(target.Resource.QualifiedName, target.Name!);
        }

        var result = Write(new ResourceWrite(target.Resource, before, null, options.IsDryRun) { Manager = options.Manager }, []);
        if (!options.IsDryRun)
        {
            DeleteAfter(target.Resource, before.Content, options);
        }

        return result;
    }

    private WriteResult Change(ResourceTarget target, StoredObject before, JsonObject after, WriteOptions options, bool tracks)
    {
        var resource = target.Resource;
        if (after.Text("metadata", "resourceVersion") is { Length: > 0 } version
            && version != before.Content.Text("metadata", "resourceVersion"))
        {
            throw ApiException.Conflict(resource.QualifiedName, target.Name!);
        }

        if (after.Text("metadata", "uid") is { Length: > 0 } uid && uid != before.Content.Uid())
        {
            throw new ApiException(409, "Conflict",
                $"Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Content.Uid()}");
        }

        if (target.Subresource == "status")
        {
            var whole = before.Content.Copy();
            ObjectPreparation.Move(after, whole, "status");
            return Write(new ResourceWrite(resource, before, whole, options.IsDryRun) { Manager = options.Manager }, []);
        }

        if (after.Text("apiVersion") == resource.ApiVersion)
        {
            after["apiVersion"] = resource.ToApiVersion(target.Version);
        }

        ObjectPreparation.Address(target, after);
        var warnings = ObjectPreparation.Check(resource, after, options.Validation);
        Defaults.Apply(resource, after);
        ObjectPreparation.Change(resource, before.Content, after);
        if (tracks)
        {
            preparation.Ownership(resource, options).Track(before.Content, after);
        }

        return JsonNode.DeepEquals(after, before.Content)
            ? new WriteResult(before, warnings)
            : Write(new ResourceWrite(resource, before, after, options.IsDryRun) { Manager = options.Manager }, warnings);
    }

    private WriteResult Write(ResourceWrite write, IReadOnlyList<string> warnings)
    {
        var result = backends(write.Resource).Write(write);
        IEnumerable<string> own = write is { Resource.Warning: { } warning, After: not null } ? [warning] : [];
        return result with { Warnings = [.. warnings, .. own, .. result.Warnings] };
    }

    private StoredObject Find(ResourceTarget target) => store.Find(target.Resource, target.Namespace ?? "", target.Name!)
        ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);

    /// <summary>What a deleted object owns goes with it, as the garbage collector has it; with a namespace goes what is in it.</summary>
    private void DeleteAfter(ResourceDefinition resource, JsonObject deleted, WriteOptions options)
    {
        var isNamespace = resource == KubernetesKinds.Namespace;
        if (options.Orphans && !isNamespace)
        {
            return;
        }

        foreach (var kind in catalog.All.Where(kind => kind.IsNamespaced && !kind.IsReadOnly))
        {
            var gone = store.All(kind).Where(found => isNamespace
                ? found.Content.Namespace() == deleted.Name()
                : found.Content.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == deleted.Uid()));
            foreach (var found in gone.ToList())
            {
                try
                {
                    Delete(new ResourceTarget(kind, kind.Version, found.Content.Namespace(), found.Content.Name(), null),
                        options with { Preconditions = null });
                }
                catch (ApiException e) when (e.Code == 404)
                {
                    // Gone with something else that went.
                }
            }
        }
    }
}
