using System.Collections.Concurrent;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>The schema of each kind.</summary>
internal static class ObjectSchemas
{
    private static readonly ConcurrentDictionary<ResourceDefinition, FieldSchema> Made = new(ReferenceEqualityComparer.Instance);

    /// <summary>The schema of a kind: of its model, or any fields beside the metadata for a kind that others define.</summary>
    /// <param name="resource">The kind.</param>
    public static FieldSchema Of(ResourceDefinition resource) => Made.GetOrAdd(resource, Make);

    /// <summary>What is known of a kind's fields beyond what they are checked by, for those who want to know.</summary>
    /// <param name="resource">The kind.</param>
    public static FieldSchema Described(ResourceDefinition resource) => DescribedSchemas.Find(resource) ?? Of(resource);

    private static FieldSchema Make(ResourceDefinition resource) => resource.Model is { } model
        ? ModelSchemas.Of(model())
        : new FieldSchema(FieldType.Object)
        {
            Name = $"{resource.Version}.{resource.Kind}",
            MakeProperties = () => new Dictionary<string, FieldSchema>
            {
                ["apiVersion"] = new(FieldType.Text),
                ["kind"] = new(FieldType.Text),
                ["metadata"] = ModelSchemas.ObjectMeta,
                ["spec"] = FieldSchema.Anything,
                ["status"] = FieldSchema.Anything,
            },
        };
}
