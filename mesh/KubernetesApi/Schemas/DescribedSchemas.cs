using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using k8s.Models;

namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>
/// Schemas of kinds that others define, for <c>kubectl explain</c>: the fields that are carried out here, out of the files in
/// <c>Fields</c>. What checks and merges such objects does not go by them: whoever stands behind a kind reads its fields itself, and says
/// more of what is wrong.
/// </summary>
internal sealed class DescribedSchemas
{
    private const string OfKubernetes = "k8s:";

    private static readonly Dictionary<string, Lazy<DescribedSchemas>> Files = new(StringComparer.Ordinal)
    {
        ["networking.istio.io"] = new(() => new DescribedSchemas("istio.yaml")),
        ["gateway.networking.k8s.io"] = new(() => new DescribedSchemas("gateway-api.yaml")),
        ["argoproj.io"] = new(() => new DescribedSchemas("argo.yaml")),
    };

    private static readonly Dictionary<string, Type> Models = new(StringComparer.Ordinal)
    {
        ["LabelSelector"] = typeof(V1LabelSelector),
        ["PodTemplateSpec"] = typeof(V1PodTemplateSpec),
    };

    private readonly JsonObject _types;
    private readonly ConcurrentDictionary<string, FieldSchema> _made = new(StringComparer.Ordinal);

    private DescribedSchemas(string file)
    {
        using var resource = typeof(DescribedSchemas).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not in the assembly");
        using var reader = new StreamReader(resource);
        _types = (JsonObject)YamlText.Read(reader.ReadToEnd())!;
    }

    /// <summary>The schema of a kind; null where its fields are not described.</summary>
    /// <param name="resource">The kind.</param>
    public static FieldSchema? Find(ResourceDefinition resource) => Files.TryGetValue(resource.Group, out var file)
        && file.Value._types[resource.Kind] is JsonObject ? file.Value.OfKind(resource) : null;

    private FieldSchema OfKind(ResourceDefinition resource) => new(FieldType.Object)
    {
        Name = $"{resource.Version}.{resource.Kind}",
        Description = () => DescriptionOf(resource.Kind, "spec"),
        DescriptionOf = field => DescriptionOf(resource.Kind, field),
        MakeProperties = () => new Dictionary<string, FieldSchema>
        {
            ["apiVersion"] = new(FieldType.Text),
            ["kind"] = new(FieldType.Text),
            ["metadata"] = ModelSchemas.ObjectMeta,
            ["spec"] = OfField(WordOf(resource.Kind, "spec")),
            ["status"] = FieldSchema.Anything,
        },
    };

    private FieldSchema OfType(string name) => _made.GetOrAdd(name, _ => new FieldSchema(FieldType.Object)
    {
        Name = name,
        DescriptionOf = field => DescriptionOf(name, field),
        MakeProperties = () => ((JsonObject)_types[name]!).ToDictionary(field => field.Key, field => OfField(WordOf(name, field.Key))),
    });

    private FieldSchema OfField(string type) => type switch
    {
        "text" => new FieldSchema(FieldType.Text),
        "integer" => new FieldSchema(FieldType.Integer),
        "number" => new FieldSchema(FieldType.Number),
        "boolean" => new FieldSchema(FieldType.Boolean),
        "any" => FieldSchema.Anything,
        ['[', .. var items, ']'] => new FieldSchema(FieldType.List) { Items = OfField(items) },
        ['{', .. var values, '}'] => new FieldSchema(FieldType.Map) { Items = OfField(values) },
        _ when type.StartsWith(OfKubernetes, StringComparison.Ordinal) => ModelSchemas.Of(Models[type[OfKubernetes.Length..]]),
        _ => OfType(type),
    };

    /// <summary>The first word of a field's text is its type.</summary>
    private string WordOf(string type, string field) => _types.Text(type, field)!.Split(' ', 2)[0];

    private string DescriptionOf(string type, string field) =>
        _types.Text(type, field)?.Split(' ', 2) is [_, var description] ? description : "";
}
