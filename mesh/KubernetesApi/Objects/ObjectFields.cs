using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bookinfo.Mesh.KubernetesApi.Objects;

/// <summary>Reads the fields of a Kubernetes object that is held as JSON. What is absent or of another type is null or empty.</summary>
public static class ObjectFields
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>metadata.name</c>; empty where there is none.</summary>
    public static string Name(this JsonObject resource) => resource.Text("metadata", "name") ?? "";

    /// <summary><c>metadata.namespace</c>; empty for an object outside of namespaces.</summary>
    public static string Namespace(this JsonObject resource) => resource.Text("metadata", "namespace") ?? "";

    /// <summary><c>metadata.uid</c>; empty where there is none.</summary>
    public static string Uid(this JsonObject resource) => resource.Text("metadata", "uid") ?? "";

    /// <summary>The finalizer of an object that goes after what it owns (<c>meta/v1/types.go: FinalizerDeleteDependents</c>).</summary>
    public const string ForegroundDeletion = "foregroundDeletion";

    /// <summary>Whether an object is to go, and waits until what it owns has gone.</summary>
    public static bool WaitsForOwned(this JsonObject resource) => resource.Text("metadata", "deletionTimestamp") is not null
        && resource.Words("metadata", "finalizers").Contains(ForegroundDeletion);

    /// <summary><c>metadata</c>, which is added where there is none.</summary>
    public static JsonObject Metadata(this JsonObject resource) => resource.Section("metadata");

    /// <summary>The reference by which an object names the one that made it and controls it (<c>metadata.ownerReferences</c>).</summary>
    public static JsonObject OwnerReference(this JsonObject owner) => new()
    {
        ["apiVersion"] = owner.Text("apiVersion"),
        ["kind"] = owner.Text("kind"),
        ["name"] = owner.Name(),
        ["uid"] = owner.Uid(),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>An object's field that is an object; it is added where there is none.</summary>
    public static JsonObject Section(this JsonObject owner, string name)
    {
        ArgumentNullException.ThrowIfNull(owner);
        if (owner[name] is JsonObject section)
        {
            return section;
        }

        var added = new JsonObject();
        owner[name] = added;
        return added;
    }

    /// <summary>What stands at a path of field names.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject owner ? owner[name] : null;
        }

        return node;
    }

    /// <summary>The text at a path.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The whole number at a path.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is JsonValue value
        ? value.TryGetValue<long>(out var number) ? number : value.TryGetValue<int>(out var small) ? small : null
        : null;

    /// <summary>The objects in the list at a path.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary>The texts in the list at a path.</summary>
    public static IEnumerable<string> Words(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.Select(item => item.Text()).OfType<string>() : [];

    /// <summary>The map of texts at a path, for example labels.</summary>
    public static IReadOnlyDictionary<string, string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.Where(entry => entry.Value.Text() is not null)
                .ToDictionary(entry => entry.Key, entry => entry.Value.Text()!, StringComparer.Ordinal)
            : new Dictionary<string, string>();

    /// <summary>A copy that can be changed.</summary>
    public static JsonObject Copy(this JsonObject resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return (JsonObject)resource.DeepClone();
    }

    /// <summary>The JSON text, in one line, with characters beyond ASCII as they are.</summary>
    public static string ToText(this JsonNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.ToJsonString(Relaxed);
    }
}
