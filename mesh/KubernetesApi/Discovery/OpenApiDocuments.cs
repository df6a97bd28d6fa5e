using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.Discovery;

/// <summary>
/// The server's description of itself as OpenAPI v3, one document for each version of a group: by it <c>kubectl explain</c> explains, and
/// <c>kubectl apply</c> finds out that the server checks fields and how lists are merged.
/// </summary>
/// <param name="catalog">The kinds.</param>
internal sealed class OpenApiDocuments(ResourceCatalog catalog)
{
    private static readonly string[] WriteParameters = ["dryRun", "fieldManager", "fieldValidation"];

    /// <summary><c>/openapi/v3</c>: where the documents are.</summary>
    public JsonObject Index()
    {
        var paths = new JsonObject();
        foreach (var (group, versions) in catalog.Groups)
        {
            foreach (var version in versions)
            {
                var path = group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}";

                // Clients cache a document by its hash for ever; kinds and their columns are what can change.
                var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
                    $"{path} {typeof(OpenApiDocuments).Assembly.ManifestModule.ModuleVersionId}")));
                paths[path] = new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={hash}" };
            }
        }

        return new JsonObject { ["paths"] = paths };
    }

    /// <summary>The document of a version of a group; null where there is none.</summary>
    /// <param name="group">The group; empty for the core one.</param>
    /// <param name="version">The version.</param>
    public JsonObject? Document(string group, string version)
    {
        var definitions = catalog.In(group, version).ToList();
        if (definitions.Count == 0)
        {
            return null;
        }

        var (paths, schemas) = (new JsonObject(), new OpenApiSchemas());
        foreach (var definition in definitions)
        {
            var schema = ObjectSchemas.Described(definition);
            schemas.Add(schema, definition, version);
            var collection = $"{(group.Length == 0 ? "/api" : $"/apis/{group}")}/{version}"
                + $"{(definition.IsNamespaced ? "/namespaces/{namespace}" : "")}/{definition.Plural}";
            paths[collection] = new JsonObject
            {
                ["get"] = Operation(definition, version, "list", schema),
                ["post"] = Operation(definition, version, "post", schema),
            };
            paths[$"{collection}/{{name}}"] = new JsonObject
            {
                ["get"] = Operation(definition, version, "get", schema),
                ["put"] = Operation(definition, version, "put", schema),
                ["patch"] = Operation(definition, version, "patch", schema),
                ["delete"] = Operation(definition, version, "delete", schema),
            };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Bookinfo Lab", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas.Written },
        };
    }

    private static JsonObject Operation(ResourceDefinition definition, string version, string action, FieldSchema schema)
    {
        var operation = new JsonObject
        {
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject
                {
                    ["description"] = "OK",
                    ["content"] = new JsonObject
                    {
                        [MediaTypes.Json] = new JsonObject { ["schema"] = OpenApiSchemas.Reference(schema) },
                    },
                },
            },
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = OpenApiSchemas.Kind(definition, version),
        };
        if (action is "post" or "put" or "patch")
        {
            operation["parameters"] = new JsonArray([.. WriteParameters.Select(name => new JsonObject
            {
                ["name"] = name,
                ["in"] = "query",
                ["schema"] = new JsonObject { ["type"] = "string" },
            })]);
        }

        if (action == "patch")
        {
            operation["requestBody"] = new JsonObject
            {
                ["content"] = new JsonObject(MediaTypes.Patches(definition).Select(type =>
                    KeyValuePair.Create(type, (JsonNode?)new JsonObject { ["schema"] = new JsonObject { ["type"] = "object" } }))),
            };
        }

        return operation;
    }
}
