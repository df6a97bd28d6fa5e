namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>The types of bodies.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string JsonPatch = "application/json-patch+json";
    public const string MergePatch = "application/merge-patch+json";
    public const string StrategicMergePatch = "application/strategic-merge-patch+json";
    public const string Apply = "application/apply-patch+yaml";

    /// <summary>The patches that a kind takes: a strategic one only where the lists of its own type are known.</summary>
    /// <param name="definition">The kind.</param>
    public static IEnumerable<string> Patches(ResourceDefinition definition) => definition.Model is null
        ? [JsonPatch, MergePatch, Apply]
        : [JsonPatch, MergePatch, StrategicMergePatch, Apply];
}
