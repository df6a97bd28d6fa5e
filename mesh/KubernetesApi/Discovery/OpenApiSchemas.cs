using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.Discovery;

/// <summary>The schemas of an OpenAPI document: each type once, with Kubernetes' own extensions for lists and kinds.</summary>
internal sealed class OpenApiSchemas
{
    private const string Prefix = "io.k8s.api.";

    /// <summary>The schemas so far, by name.</summary>
    public JsonObject Written { get; } = [];

    /// <summary>The kind that a schema or an operation is about.</summary>
    public static JsonObject Kind(ResourceDefinition definition, string version) =>
        new() { ["group"] = definition.Group, ["version"] = version, ["kind"] = definition.Kind };

    /// <summary>A reference to the schema of a type.</summary>
    public static JsonObject Reference(FieldSchema schema) => new() { ["$ref"] = $"#/components/schemas/{Prefix}{schema.Name}" };

    /// <summary>Writes the schema of a kind and of all types in it.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="definition">The kind.</param>
    /// <param name="version">The version of the document.</param>
    public void Add(FieldSchema schema, ResourceDefinition definition, string version)
    {
        Write(schema);
        ((JsonObject)Written[Prefix + schema.Name]!)["x-kubernetes-group-version-kind"] = new JsonArray(Kind(definition, version));
    }

    private void Write(FieldSchema schema)
    {
        if (Written.ContainsKey(Prefix + schema.Name))
        {
            return;
        }

        var properties = new JsonObject();
        var written = new JsonObject { ["type"] = "object", ["properties"] = properties };
        Written[Prefix + schema.Name] = written;
        Describe(written, schema.Description());
        if (schema.IsAtomic)
        {
            written["x-kubernetes-map-type"] = "atomic";
        }

        foreach (var (name, field) in schema.Properties)
        {
            var property = Field(field);
            Describe(property, schema.DescriptionOf(name));
            properties[name] = property;
        }
    }

    private JsonObject Field(FieldSchema field)
    {
        if (field.Name is not null)
        {
            Write(field);

            // A description beside a reference needs allOf, as Kubernetes writes it.
            return new JsonObject { ["allOf"] = new JsonArray(Reference(field)) };
        }

        var written = field.Type switch
        {
            FieldType.Object => new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject(
                    field.Properties.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Field(entry.Value)))),
            },
            FieldType.Map => new JsonObject { ["type"] = "object", ["additionalProperties"] = Field(field.Items!) },
            FieldType.List => List(field),
            FieldType.Integer => new JsonObject { ["type"] = "integer" },
            FieldType.Number => new JsonObject { ["type"] = "number" },
            FieldType.Boolean => new JsonObject { ["type"] = "boolean" },
            FieldType.IntegerOrText => new JsonObject
            {
                ["type"] = "string",
                ["format"] = "int-or-string",
                ["x-kubernetes-int-or-string"] = true,
            },
            FieldType.Text => new JsonObject { ["type"] = "string" },
            _ => new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true },
        };
        return written;
    }

    private JsonObject List(FieldSchema field)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = Field(field.Items!) };
        if (field.ListKeys.Count > 0)
        {
            list["x-kubernetes-list-type"] = "map";
            list["x-kubernetes-list-map-keys"] = new JsonArray([.. field.ListKeys.Select(key => JsonValue.Create(key))]);
        }
        else
        {
            list["x-kubernetes-list-type"] = field.IsSet ? "set" : "atomic";
        }

        if (field.PatchMergeKey is { } patchKey)
        {
            list["x-kubernetes-patch-merge-key"] = patchKey;
        }

        if (field.PatchMergeKey is not null || field.IsSet)
        {
            list["x-kubernetes-patch-strategy"] = "merge";
        }

        return list;
    }

    private static void Describe(JsonObject written, string description)
    {
        if (description.Length > 0)
        {
            written["description"] = description;
        }
    }
}
