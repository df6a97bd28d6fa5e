using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;

namespace Bookinfo.Mesh.KubernetesApi.Selection;

/// <summary>
/// A field selector as <c>kubectl --field-selector</c> writes it: <c>metadata.name=reviews,status.phase!=Running</c>
/// (<c>k8s.io/apimachinery/pkg/fields/selector.go</c>). An absent field is empty.
/// </summary>
internal sealed class FieldSelector
{
    private readonly List<(string[] Path, string Value, bool IsEqual)> _requirements = [];

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads a selector.</summary>
    /// <param name="text">The selector; null or empty for one that takes all.</param>
    /// <param name="resource">The kind that it is for.</param>
    /// <exception cref="ApiException">It is not one, or the kind cannot be asked for such a field.</exception>
    public static FieldSelector Parse(string? text, ResourceDefinition resource)
    {
        var selector = new FieldSelector();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw ApiException.BadRequest($"invalid field selector: '{part}'; write, for example, metadata.name=reviews");
            }

            var isEqual = part[at - 1] != '!';
            var key = part[..(isEqual ? at : at - 1)].Trim();
            if (!resource.SelectableFields.Contains(key))
            {
                throw ApiException.BadRequest(
                    $"field label not supported: {key}; {resource.Plural} have {string.Join(", ", resource.SelectableFields)}");
            }

            selector._requirements.Add((key.Split('.'), part[(at + 1)..].TrimStart('=').Trim(), isEqual));
        }

        return selector;
    }

    /// <summary>Whether the object is selected.</summary>
    public bool Matches(JsonObject resource) =>
        _requirements.TrueForAll(requirement => (Value(resource.At(requirement.Path)) == requirement.Value) == requirement.IsEqual);

    private static string Value(JsonNode? node) =>
        node is null ? "" : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToText();
}
