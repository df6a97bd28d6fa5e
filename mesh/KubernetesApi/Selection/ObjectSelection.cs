using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Selection;

/// <summary>Which objects a list, a watch or a deletion is about.</summary>
/// <param name="Labels">By labels.</param>
/// <param name="Fields">By fields.</param>
internal sealed record ObjectSelection(LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether every object is selected.</summary>
    public bool IsAll => Labels.IsEmpty && Fields.IsEmpty;

    /// <summary>Whether the object is selected.</summary>
    public bool Matches(JsonObject resource) =>
        IsAll || (Labels.Matches(resource.Texts("metadata", "labels")) && Fields.Matches(resource));
}
