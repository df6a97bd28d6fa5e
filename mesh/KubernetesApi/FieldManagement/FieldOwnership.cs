using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.FieldManagement;

/// <summary>
/// Keeps account of who has set which fields, and refuses a server-side apply that would change a field of another manager
/// (<c>k8s.io/apimachinery/pkg/util/managedfields</c>, <c>sigs.k8s.io/structured-merge-diff: merge/update.go</c>).
/// </summary>
/// <param name="schema">The schema of the objects.</param>
/// <param name="manager">Who writes.</param>
/// <param name="apiVersion">In which version.</param>
/// <param name="time">When, RFC 3339.</param>
internal sealed class FieldOwnership(FieldSchema schema, string manager, string apiVersion, string time)
{
    /// <summary>Metadata that people set; the rest is the server's and has no manager.</summary>
    private static readonly string[] OwnMetadata = ["labels", "annotations", "finalizers", "ownerReferences"];

    /// <summary>Notes in an object what a write that is not a server-side apply has changed.</summary>
    /// <param name="before">The object before it; null for a new one.</param>
    /// <param name="after">The object after it; its <c>managedFields</c> are written.</param>
    public void Track(JsonObject? before, JsonObject after)
    {
        var (old, current) = (before is null ? null : Managed(before), Managed(after));
        var changed = FieldSet.Changes(old, current, schema);
        var removed = FieldSet.Of(old, schema).Without(FieldSet.Of(current, schema));
        var entries = ManagerEntry.Read(before).ToList();
        if (changed.IsEmpty && removed.IsEmpty)
        {
            ManagerEntry.Write(after, entries);
            return;
        }

        var own = entries.Find(IsOwnUpdate);
        var rest = entries.Where(entry => !IsOwnUpdate(entry))
            .Select(entry => entry with { Fields = entry.Fields.Without(changed).Without(removed) });
        var mine = (own?.Fields.Without(removed) ?? new FieldSet()).Or(changed);
        ManagerEntry.Write(after, rest.Append(new ManagerEntry(manager, IsApply: false, apiVersion, time, mine)));
    }

    /// <summary>Applies a configuration: what the manager wants, no more and no less.</summary>
    /// <param name="live">The object as it is; null for a new one.</param>
    /// <param name="configuration">What the manager wants.</param>
    /// <param name="force">Whether fields of other managers are taken over.</param>
    /// <returns>The object as it becomes, with its <c>managedFields</c>.</returns>
    /// <exception cref="ApiException">409: fields of other managers would change; the message names them.</exception>
    public JsonObject Apply(JsonObject? live, JsonObject configuration, bool force)
    {
        var wanted = Managed(configuration);
        var wantedFields = FieldSet.Of(wanted, schema);
        var mine = new ManagerEntry(manager, IsApply: true, apiVersion, time, wantedFields);
        if (live is null)
        {
            var created = configuration.Copy();
            ManagerEntry.Write(created, [mine]);
            return created;
        }

        var entries = ManagerEntry.Read(live);
        var others = entries.Where(entry => !IsOwnApply(entry)).ToList();
        var changed = FieldSet.Changes(Managed(live), wanted, schema);
        var conflicts = others.Select(entry => (Entry: entry, Fields: entry.Fields.And(changed)))
            .Where(conflict => !conflict.Fields.IsEmpty).ToList();
        if (conflicts.Count > 0 && !force)
        {
            throw ConflictWith(conflicts);
        }

        var result = (JsonObject)FieldMerge.Merge(live, wanted, schema)!;
        var previous = entries.FirstOrDefault(IsOwnApply)?.Fields ?? new FieldSet();
        var unowned = others.Aggregate(previous.Without(wantedFields), (left, entry) => left.Without(entry.Fields));
        FieldMerge.Remove(result, unowned, schema);
        var rest = others.Select(entry => entry with { Fields = entry.Fields.Without(changed) });
        var isSame = changed.IsEmpty && previous.Without(wantedFields).IsEmpty && wantedFields.Without(previous).IsEmpty;
        ManagerEntry.Write(result, rest.Append(isSame && !wantedFields.IsEmpty ? entries.First(IsOwnApply) : mine));
        return result;
    }

    private bool IsOwnUpdate(ManagerEntry entry) => !entry.IsApply && entry.Manager == manager && entry.ApiVersion == apiVersion;

    private bool IsOwnApply(ManagerEntry entry) => entry.IsApply && entry.Manager == manager;

    private static JsonObject Managed(JsonObject resource)
    {
        var managed = new JsonObject();
        foreach (var (name, value) in resource.Where(entry => entry.Key is not ("apiVersion" or "kind" or "metadata" or "status")))
        {
            managed[name] = value?.DeepClone();
        }

        var metadata = new JsonObject();
        foreach (var name in OwnMetadata.Where(name => resource.At("metadata", name) is not null))
        {
            metadata[name] = resource["metadata"]![name]!.DeepClone();
        }

        if (metadata.Count > 0)
        {
            managed["metadata"] = metadata;
        }

        return managed;
    }

    private static ApiException ConflictWith(List<(ManagerEntry Entry, FieldSet Fields)> conflicts)
    {
        var causes = conflicts.SelectMany(conflict => conflict.Fields.Paths()
            .Select(path => (conflict.Entry.Manager, conflict.Entry.ApiVersion, Path: path))).ToList();
        var message = string.Join("; ", causes.GroupBy(cause => (cause.Manager, cause.ApiVersion)).Select(group =>
            $"conflict{(group.Count() > 1 ? "s" : "")} with \"{group.Key.Manager}\" using {group.Key.ApiVersion}: "
            + string.Join(", ", group.Select(cause => cause.Path))));
        return new ApiException(409, "Conflict", $"Apply failed with {causes.Count} conflict{(causes.Count > 1 ? "s" : "")}: {message}",
            new JsonObject
            {
                ["causes"] = new JsonArray([.. causes.Select(cause => new JsonObject
                {
                    ["reason"] = "FieldManagerConflict",
                    ["message"] = $"conflict with \"{cause.Manager}\" using {cause.ApiVersion}",
                    ["field"] = cause.Path,
                })]),
            });
    }
}
