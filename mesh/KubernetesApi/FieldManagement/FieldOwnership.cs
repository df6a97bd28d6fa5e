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
        var entries = Entries(before, after);
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

    /// <summary>
    /// Those that the client sends, by which <c>kubectl</c> takes over what client-side apply has set; where it sends none, those that
    /// there are. One empty entry takes all away (<c>managedfields/internal/fieldmanager.go: Update</c>).
    /// </summary>
    private static List<ManagerEntry> Entries(JsonObject? before, JsonObject after) => after.At("metadata", "managedFields") switch
    {
        JsonArray { Count: 1 } list when list[0] is JsonObject { Count: 0 } => [],
        JsonArray { Count: > 0 } list when list.All(ManagerEntry.IsReadable) => [.. ManagerEntry.Read(after)],
        _ => [.. ManagerEntry.Read(before)],
    };

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
            .Select(path => (Who: NameOf(conflict.Entry), Path: path))).ToList();
        var message = causes.Count == 1 ? $"1 conflict: conflict with {causes[0].Who}: {causes[0].Path}"
            : $"{causes.Count} conflicts: " + string.Join('\n', causes.GroupBy(cause => cause.Who)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.Select(cause => $"- {cause.Path}").Prepend($"conflicts with {group.Key}:")));
        return new ApiException(409, "Conflict", $"Apply failed with {message}", new JsonObject
        {
            ["causes"] = new JsonArray([.. causes.Select(cause => new JsonObject
            {
                ["reason"] = "FieldManagerConflict",
                ["message"] = $"conflict with {cause.Who}",
                ["field"] = cause.Path,
            })]),
        });
    }

    /// <summary>As an API server names a manager (<c>managedfields/internal/conflict.go: printManager</c>).</summary>
    private static string NameOf(ManagerEntry entry) =>
        entry.IsApply ? $"\"{entry.Manager}\"" : $"\"{entry.Manager}\" using {entry.ApiVersion}";
}
