using System.Text.Json.Nodes;

namespace Bookinfo.Mesh.KubernetesApi.Patching;

/// <summary>A JSON merge patch (RFC 7386): objects are merged, null removes, anything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Merges a patch into a value.</summary>
    /// <param name="target">The value; it is changed.</param>
    /// <param name="patch">The patch; it is not changed.</param>
    /// <returns>What the value has become.</returns>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var merged = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                merged.Remove(name);
                continue;
            }

            var result = Apply(merged[name], value);
            if (!ReferenceEquals(result, merged[name]))
            {
                merged[name] = result;
            }
        }

        return merged;
    }
}
