using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.FieldManagement;

/// <summary>
/// Merges values by their schema and takes fields out (<c>sigs.k8s.io/structured-merge-diff: typed/merge.go, remove.go</c>).
/// </summary>
internal static class FieldMerge
{
    /// <summary>Merges what is wanted into what is there.</summary>
    /// <param name="live">What is there; it is not changed.</param>
    /// <param name="wanted">What is wanted; it is not changed.</param>
    /// <param name="schema">The schema of both.</param>
    public static JsonNode? Merge(JsonNode? live, JsonNode? wanted, FieldSchema schema)
    {
        if (wanted is JsonObject fields && live is JsonObject current && !schema.IsAtomic)
        {
            var merged = current.Copy();
            foreach (var (name, value) in fields)
            {
                merged[name] = Merge(current[name], value, schema.Find(name) ?? FieldSchema.Anything);
            }

            return merged;
        }

        return wanted is JsonArray list && live is JsonArray items && (schema.ListKeys.Count > 0 || schema.IsSet)
            ? MergeItems(items, list, schema) : wanted?.DeepClone();
    }

    /// <summary>Takes fields out of a value, and what is empty without them.</summary>
    /// <param name="value">The value; it is changed.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="schema">Its schema.</param>
    public static void Remove(JsonNode? value, FieldSet fields, FieldSchema schema)
    {
        switch (value)
        {
            case JsonObject owner:
                foreach (var (key, child) in fields.Children)
                {
                    var name = key[2..];
                    if (!child.IsMember)
                    {
                        Remove(owner[name], child, schema.Find(name) ?? FieldSchema.Anything);
                    }

                    if (child.IsMember || owner[name] is JsonObject { Count: 0 } or JsonArray { Count: 0 })
                    {
                        owner.Remove(name);
                    }
                }

                break;
            case JsonArray list:
                foreach (var item in list.ToList())
                {
                    if (fields.Children.TryGetValue(FieldSet.Key(item, schema), out var part))
                    {
                        if (part.IsMember)
                        {
                            list.Remove(item);
                        }
                        else
                        {
                            Remove(item, part, schema.Items!);
                        }
                    }
                }

                break;
        }
    }

    private static JsonArray MergeItems(JsonArray live, JsonArray wanted, FieldSchema schema)
    {
        var rest = wanted.DistinctBy(item => FieldSet.Key(item, schema)).ToDictionary(item => FieldSet.Key(item, schema));
        var merged = new JsonArray();
        foreach (var item in live)
        {
            merged.Add(rest.Remove(FieldSet.Key(item, schema), out var change)
                ? Merge(item, change, schema.Items ?? FieldSchema.Anything)
                : item?.DeepClone());
        }

        foreach (var item in wanted.Where(item => rest.ContainsKey(FieldSet.Key(item, schema))))
        {
            merged.Add(item?.DeepClone());
        }

        return merged;
    }
}
