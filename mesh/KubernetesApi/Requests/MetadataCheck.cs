using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Requests;

/// <summary>
/// The bounds of what people write into metadata (<c>k8s.io/apimachinery/pkg/util/validation/validation.go</c>,
/// <c>pkg/api/validation/objectmeta.go</c>).
/// </summary>
internal static partial class MetadataCheck
{
    private const int LongestPart = 63;
    private const int LongestName = 253;

    /// <summary>The most that all annotations of an object have, in characters.</summary>
    private const int LongestAnnotations = 256 * 1024;

    private const string Part = "letters, digits, '-', '_' and '.', at most 63 of them, with a letter or digit at both ends";

    /// <summary>Checks the name of a new object.</summary>
    /// <exception cref="ApiException">422: it has no name, or one that is not a name.</exception>
    public static void CheckName(ResourceDefinition resource, string name)
    {
        var isLabel = ReferenceEquals(resource, KubernetesKinds.Namespace);
        if (!Name().IsMatch(name) || name.Length > (isLabel ? LongestPart : LongestName)
            || (isLabel && name.Contains('.', StringComparison.Ordinal)))
        {
            throw ApiException.Invalid(resource.Kind, name, "metadata.name", name.Length == 0
                ? "Required value: name or generateName is required"
                : $"Invalid value: \"{name}\": use lower-case letters, digits and '-'{(isLabel ? "" : " and '.'")}, at most "
                    + $"{(isLabel ? LongestPart : LongestName)} of them, with a letter or digit at both ends");
        }
    }

    /// <summary>Checks labels and annotations.</summary>
    /// <exception cref="ApiException">422: one of them is not allowed.</exception>
    public static void CheckMaps(ResourceDefinition resource, JsonObject body)
    {
        foreach (var (key, value) in body.Texts("metadata", "labels"))
        {
            RequireKey(resource, body, "metadata.labels", key);
            if (value.Length > LongestPart || !Value().IsMatch(value))
            {
                throw ApiException.Invalid(resource.Kind, body.Name(), "metadata.labels",
                    $"Invalid value: \"{value}\": the value of a label is empty or has {Part}");
            }
        }

        var annotations = body.Texts("metadata", "annotations");
        foreach (var key in annotations.Keys)
        {
            RequireKey(resource, body, "metadata.annotations", key);
        }

        if (annotations.Sum(annotation => (long)annotation.Key.Length + annotation.Value.Length) > LongestAnnotations)
        {
            throw ApiException.Invalid(resource.Kind, body.Name(), "metadata.annotations",
                $"Too long: may not be more than {LongestAnnotations} bytes");
        }
    }

    private static void RequireKey(ResourceDefinition resource, JsonObject body, string field, string key)
    {
        var parts = key.Split('/');
        var isKey = parts.Length <= 2 && parts[^1].Length <= LongestPart && Key().IsMatch(parts[^1])
            && (parts.Length == 1 || (parts[0].Length <= LongestName && Name().IsMatch(parts[0])));
        if (!isKey)
        {
            throw ApiException.Invalid(resource.Kind, body.Name(), field,
                $"Invalid value: \"{key}\": a key has {Part}, after a domain and '/' where it has one");
        }
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Value();
}
