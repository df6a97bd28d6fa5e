using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.Patching;

/// <summary>
/// A strategic merge patch: a merge patch that knows which lists are merged item by item, with directives beside the values
/// (<c>k8s.io/apimachinery/pkg/util/strategicpatch/patch.go</c>).
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string Retain = "$retainKeys";
    private const string Order = "$setElementOrder/";
    private const string Remove = "$deleteFromPrimitiveList/";

    /// <summary>Merges a patch into an object.</summary>
    /// <param name="target">The object; it is changed.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="schema">The object's schema.</param>
    /// <returns>What the object has become.</returns>
    /// <exception cref="ApiException">A directive cannot be read, or an item lacks its key.</exception>
    public static JsonObject Apply(JsonObject target, JsonObject patch, FieldSchema schema)
    {
        switch (patch.Text(Directive))
        {
            case "replace":
                return Plain(patch);
            case "delete":
                return [];
            case null or "merge":
                break;
            case var other:
                throw ApiException.BadRequest($"unknown patch directive: {other}; use replace, delete or merge");
        }

        if (patch[Retain] is JsonArray)
        {
            var kept = patch.Words(Retain).ToHashSet(StringComparer.Ordinal);
            foreach (var name in target.Select(entry => entry.Key).Where(name => !kept.Contains(name)).ToList())
            {
                target.Remove(name);
            }
        }

        foreach (var (name, value) in patch.Where(entry => !entry.Key.StartsWith('$')))
        {
            Merge(target, name, value, schema.Find(name) ?? FieldSchema.Anything);
        }

        foreach (var (name, value) in patch.Where(entry => entry.Value is JsonArray))
        {
            ApplyListDirective(target, name, (JsonArray)value!, schema);
        }

        return target;
    }

    private static void Merge(JsonObject target, string name, JsonNode? value, FieldSchema schema)
    {
        switch (value)
        {
            case null:
                target.Remove(name);
                break;
            case JsonObject changes when target[name] is JsonObject current:
                var merged = Apply(current, changes, schema);
                if (!ReferenceEquals(merged, current))
                {
                    target[name] = merged;
                }

                break;
            case JsonObject changes:
                target[name] = Apply([], changes, schema);
                break;
            case JsonArray items when schema.PatchMergeKey is { } key:
                target[name] = MergeItems(target[name] as JsonArray ?? [], items, key, schema.Items!);
                break;
            case JsonArray items when schema.IsSet && target[name] is JsonArray current:
                foreach (var item in items.Where(item => !current.Any(other => JsonNode.DeepEquals(item, other))))
                {
                    current.Add(item?.DeepClone());
                }

                break;
            default:
                target[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray MergeItems(JsonArray current, JsonArray patch, string key, FieldSchema schema)
    {
        if (patch.Any(item => item.Text(Directive) == "replace"))
        {
            return [.. patch.OfType<JsonObject>().Where(item => item.Text(Directive) is null).Select(Plain)];
        }

        var items = current.Select(item => item?.DeepClone()).ToList();
        foreach (var item in patch)
        {
            if (item is not JsonObject change || change[key] is not { } id)
            {
                throw ApiException.BadRequest($"map: {item?.ToText()} does not contain declared merge key: {key}");
            }

            var at = items.FindIndex(other => JsonNode.DeepEquals(other.At(key), id));
            if (change.Text(Directive) == "delete")
            {
                items.RemoveAll(other => JsonNode.DeepEquals(other.At(key), id));
            }
            else if (at < 0)
            {
                items.Add(Apply([], change, schema));
            }
            else
            {
                items[at] = Apply((JsonObject)items[at]!, change, schema);
            }
        }

        return [.. items];
    }

    private static void ApplyListDirective(JsonObject target, string name, JsonArray value, FieldSchema schema)
    {
        if (name.StartsWith(Remove, StringComparison.Ordinal) && target[name[Remove.Length..]] is JsonArray primitives)
        {
            foreach (var item in primitives.Where(item => value.Any(gone => JsonNode.DeepEquals(gone, item))).ToList())
            {
                primitives.Remove(item);
            }
        }
        else if (name.StartsWith(Order, StringComparison.Ordinal) && target[name[Order.Length..]] is JsonArray list)
        {
            var key = schema.Find(name[Order.Length..])?.PatchMergeKey;
            var order = value.Select(item => Id(item, key)).ToList();
            var items = list.Select((item, at) => (Item: item, Place: order.IndexOf(Id(item, key)), At: at)).ToList();
            list.Clear();
            foreach (var (item, _, _) in items.OrderBy(entry => entry.Place < 0 ? int.MaxValue : entry.Place).ThenBy(entry => entry.At))
            {
                list.Add(item);
            }
        }
    }

    private static string Id(JsonNode? item, string? key) => ((key is null ? item : item.At(key)) ?? "").ToText();

    /// <summary>A value without the directives in it.</summary>
    private static JsonObject Plain(JsonObject value)
    {
        var plain = value.Copy();
        foreach (var name in plain.Select(entry => entry.Key).Where(name => name.StartsWith('$')).ToList())
        {
            plain.Remove(name);
        }

        return plain;
    }
}
