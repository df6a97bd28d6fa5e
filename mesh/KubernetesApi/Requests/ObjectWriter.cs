using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// Creates and changes objects. A change that another one overtakes is made again, unless it asks for a revision.
/// </summary>
/// <param name="store">The objects.</param>
/// <param name="backends">What stands behind a kind.</param>
/// <param name="preparation">Makes of what a client sends what is kept.</param>
internal sealed class ObjectWriter(ObjectStore store, Func<ResourceDefinition, IResourceBackend> backends, ObjectPreparation preparation)
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
        RequireNamespace(resource, body);
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

            // A patch is of the version in its path; server-side apply has made its configuration of the version that is kept.
            var after = change(tracks && target.Resource.Conversion is not null
                ? target.Resource.InVersion(before.Content, target.Version).Copy() : before.Content.Copy());
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

        if (JsonNode.DeepEquals(after, before.Content))
        {
            return new WriteResult(before, warnings);
        }

        // The last finalizer held up a deletion that was asked for before.
        var isGone = after.Text("metadata", "deletionTimestamp") is not null && before.Content.Words("metadata", "finalizers").Any()
            && !after.Words("metadata", "finalizers").Any();
        return Write(
            new ResourceWrite(resource, before, isGone ? null : after, options.IsDryRun) { Manager = options.Manager }, warnings);
    }

    /// <summary>What is put into a namespace needs one, and one that stays.</summary>
    private void RequireNamespace(ResourceDefinition resource, JsonObject body)
    {
        if (!resource.IsNamespaced)
        {
            return;
        }

        var space = store.Find(KubernetesKinds.Namespace, "", body.Namespace())?.Content
            ?? throw ApiException.NotFound("namespaces", body.Namespace());
        if (space.Text("metadata", "deletionTimestamp") is not null)
        {
            throw ApiException.Forbidden(resource.QualifiedName, body.Name(),
                $"unable to create new content in namespace {body.Namespace()} because it is being terminated");
        }
    }

    private WriteResult Write(ResourceWrite write, IReadOnlyList<string> warnings)
    {
        var result = backends(write.Resource).Write(write);
        IEnumerable<string> own = write is { Resource.Warning: { } warning, After: not null } ? [warning] : [];
        return result with { Warnings = [.. warnings, .. own, .. result.Warnings] };
    }

    private StoredObject Find(ResourceTarget target) => store.Find(target.Resource, target.Namespace ?? "", target.Name!)
        ?? throw ApiException.NotFound(target.Resource.QualifiedName, target.Name!);
}
