using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>A kind of object that the server has.</summary>
/// <param name="Group">The API group; empty for the core one.</param>
/// <param name="Version">The version in which objects are kept, which discovery prefers.</param>
/// <param name="Kind">For example <c>VirtualService</c>.</param>
/// <param name="Plural">The name in paths: <c>virtualservices</c>.</param>
public sealed record ResourceDefinition(string Group, string Version, string Kind, string Plural)
{
    /// <summary>The name of one in messages: <c>virtualservice</c>.</summary>
    public string Singular => Kind.ToLowerInvariant();

    /// <summary>Other versions in which the same objects can be read and written; they mean the same.</summary>
    public IReadOnlyList<string> OtherVersions { get; init; } = [];

    /// <summary>Names that people type: <c>vs</c>.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Groups of kinds that people type: <c>all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>False for objects outside of namespaces.</summary>
    public bool IsNamespaced { get; init; } = true;

    /// <summary>
    /// The fields by which objects can be selected (<c>pkg/apis/core/v1/conversion.go: AddFieldLabelConversionFuncs</c>).
    /// </summary>
    public IReadOnlyList<string> SelectableFields
    {
        get => [.. IsNamespaced ? ["metadata.name", "metadata.namespace"] : (string[])["metadata.name"], .. field];
        init;
    } = [];

    /// <summary>Whether clients may only read.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether its condition, <c>status</c>, is written apart from the rest.</summary>
    public bool HasStatus { get; init; }

    /// <summary>
    /// Whether <c>metadata.generation</c> counts its changes: of kinds that others define, and of those of Kubernetes whose registry does
    /// (<c>pkg/registry/*/strategy.go: PrepareForUpdate</c>).
    /// </summary>
    public bool HasGeneration
    {
        get => field || Model is null;
        init;
    }

    /// <summary>
    /// Whether a deletion is answered with the object as it was, not with a <c>Status</c> (<c>ReturnDeletedObject</c> of the kind's
    /// registry).
    /// </summary>
    public bool ReturnsDeleted { get; init; }

    /// <summary>What objects have beside themselves, with the verbs for it, for example <c>log</c>.</summary>
    public IReadOnlyList<Subresource> Subresources
    {
        get => HasStatus ? [.. field, new Subresource("status", ["get", "patch", "update"])] : field;
        init;
    } = [];

    /// <summary>
    /// The model of KubernetesClient that describes it, asked for only where its fields matter; null for a kind that is defined by others,
    /// whose lists are replaced as a whole.
    /// </summary>
    public Func<Type>? Model { get; init; }

    /// <summary>How objects are written in another version than the one they are kept in, where more than the name differs.</summary>
    public IVersionConversion? Conversion { get; init; }

    /// <summary>The columns of <c>kubectl get</c> after the name; an age is added at the end of the narrow ones.</summary>
    public IReadOnlyList<TableColumn> Columns { get; init; } = [];

    /// <summary>A warning with which every write is answered; null for none.</summary>
    public string? Warning { get; init; }

    /// <summary><c>networking.istio.io/v1</c>, or <c>v1</c> in the core group.</summary>
    public string ApiVersion => ToApiVersion(Version);

    /// <summary>The resource with its group, as messages name it: <c>virtualservices.networking.istio.io</c>.</summary>
    public string QualifiedName => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Every version that is served, the preferred one first.</summary>
    public IEnumerable<string> Versions => OtherVersions.Prepend(Version);

    /// <summary>Group and version as objects write them.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    public string ToApiVersion(string version) => Group.Length == 0 ? version : $"{Group}/{version}";

    /// <summary>The object in another of its versions; the object itself in the one it is kept in.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    public JsonObject InVersion(JsonObject resource, string version)
    {
        ArgumentNullException.ThrowIfNull(resource);
        if (resource.Text("apiVersion") == ToApiVersion(version))
        {
            return resource;
        }

        var other = resource.Copy();
        other["apiVersion"] = ToApiVersion(version);
        Conversion?.FromKept(other, version);
        return other;
    }
}

/// <summary>Something that objects have beside themselves.</summary>
/// <param name="Name">Its name in paths.</param>
/// <param name="Verbs">What can be done with it.</param>
public sealed record Subresource(string Name, IReadOnlyList<string> Verbs)
{
    /// <summary>How many pods an object has.</summary>
    public static Subresource Scale { get; } = new("scale", ["get", "patch", "update"]) { Kind = ("autoscaling", "v1", "Scale") };

    /// <summary>Its kind with group and version; null for the kind of the object.</summary>
    public (string Group, string Version, string Name)? Kind { get; init; }
}

/// <summary>A column of <c>kubectl get</c>.</summary>
/// <param name="Name">Its head.</param>
/// <param name="Cell">What stands in it for an object, at a time.</param>
/// <param name="Description">What it shows.</param>
public sealed record TableColumn(string Name, Func<JsonObject, DateTimeOffset, JsonNode?> Cell, string Description)
{
    /// <summary>0 for a column that is always shown, 1 for one of <c>-o wide</c>.</summary>
    public int Priority { get; init; }

    /// <summary><c>string</c> or <c>integer</c>.</summary>
    public string Type { get; init; } = "string";
}
