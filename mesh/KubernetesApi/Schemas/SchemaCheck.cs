using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>Compares an object with its schema.</summary>
internal static class SchemaCheck
{
    /// <summary>How deep an object may go; deeper than any type of Kubernetes that is not recursive.</summary>
    private const int Deepest = 64;

    /// <summary>Finds values of a wrong type, which no server takes, and fields that the schema does not have.</summary>
    /// <param name="value">The object.</param>
    /// <param name="schema">Its schema.</param>
    /// <returns>What is wrong, each with its path; and the paths of unknown fields.</returns>
    public static (IReadOnlyList<string> Wrong, IReadOnlyList<string> Unknown) Find(JsonObject value, FieldSchema schema)
    {
        var (wrong, unknown) = (new List<string>(), new List<string>());
        Walk(value, schema, "", 0);
        return (wrong, unknown);

        void Walk(JsonNode? node, FieldSchema field, string path, int depth)
        {
            if (node is null || field.Type == FieldType.Any || depth > Deepest)
            {
                return;
            }

            if (!Fits(node, field.Type))
            {
                wrong.Add($"{path}: {Noun(field.Type)} expected, {Noun(node)} given");
                return;
            }

            if (node is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    Walk(list[i], field.Items!, $"{path}[{i}]", depth + 1);
                }
            }
            else if (node is JsonObject owner)
            {
                foreach (var (name, child) in owner)
                {
                    var inner = path.Length == 0 ? name : $"{path}.{name}";
                    if (field.Find(name) is { } schemaOfChild)
                    {
                        Walk(child, schemaOfChild, inner, depth + 1);
                    }
                    else
                    {
                        unknown.Add(inner);
                    }
                }
            }
        }
    }

    /// <summary>Takes away the fields that the schema does not have, as an API server does before it stores.</summary>
    /// <param name="value">The object; it is changed.</param>
    /// <param name="schema">Its schema.</param>
    public static void Prune(JsonNode? value, FieldSchema schema)
    {
        switch (value)
        {
            case JsonArray list when schema.Items is { } items:
                foreach (var item in list)
                {
                    Prune(item, items);
                }

                break;
            case JsonObject owner when schema.Type is FieldType.Object or FieldType.Map:
                foreach (var name in owner.Select(entry => entry.Key).ToList())
                {
                    if (schema.Find(name) is { } field)
                    {
                        Prune(owner[name], field);
                    }
                    else
                    {
                        owner.Remove(name);
                    }
                }

                break;
        }
    }

    private static bool Fits(JsonNode node, FieldType type) => type switch
    {
        FieldType.Object or FieldType.Map => node is JsonObject,
        FieldType.List => node is JsonArray,
        FieldType.Text => node.GetValueKind() == JsonValueKind.String,
        FieldType.Integer => node.Number() is not null,
        FieldType.Number => node.GetValueKind() == JsonValueKind.Number,
        FieldType.Boolean => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => node.GetValueKind() == JsonValueKind.String || node.GetValueKind() == JsonValueKind.Number,
    };

    private static string Noun(FieldType type) => type switch
    {
        FieldType.Object or FieldType.Map => "an object",
        FieldType.List => "a list",
        FieldType.Text => "a text",
        FieldType.Integer => "a whole number",
        FieldType.Number => "a number",
        FieldType.Boolean => "true or false",
        _ => "a whole number or a text",
    };

    private static string Noun(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => node.ToJsonString(),
    };
}
