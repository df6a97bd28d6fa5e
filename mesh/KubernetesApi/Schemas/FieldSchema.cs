namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>What a field holds.</summary>
internal enum FieldType
{
    /// <summary>Fields with names of their own.</summary>
    Object,

    /// <summary>Any keys, values of one type.</summary>
    Map,

    /// <summary>A list.</summary>
    List,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number or a text, such as a port or a quantity.</summary>
    IntegerOrText,

    /// <summary>Whatever is written there.</summary>
    Any,
}

/// <summary>
/// What is known of a field: enough to check it, to merge patches into it, to tell whose it is, and to explain it. The list and patch
/// keys are those of Kubernetes' own types (<c>+listMapKey</c>, <c>patchMergeKey</c> in <c>staging/src/k8s.io/api</c>).
/// </summary>
/// <param name="type">What it holds.</param>
internal sealed class FieldSchema(FieldType type)
{
    private Lazy<IReadOnlyDictionary<string, FieldSchema>> _properties = new(new Dictionary<string, FieldSchema>());

    /// <summary>Whatever is written there.</summary>
    public static FieldSchema Anything { get; } = new(FieldType.Any);

    /// <summary>What it holds.</summary>
    public FieldType Type { get; } = type;

    /// <summary>The name of the type of an object, for example <c>v1.Container</c>; null for an object that has none.</summary>
    public string? Name { get; init; }

    /// <summary>The fields of an object, by name. They are made when first asked for, since types refer to themselves.</summary>
    public IReadOnlyDictionary<string, FieldSchema> Properties => _properties.Value;

    /// <summary>Makes the fields of an object.</summary>
    public Func<IReadOnlyDictionary<string, FieldSchema>> MakeProperties
    {
        init => _properties = new Lazy<IReadOnlyDictionary<string, FieldSchema>>(value);
    }

    /// <summary>The items of a list, or the values of a map.</summary>
    public FieldSchema? Items { get; init; }

    /// <summary>The fields by which server-side apply tells a list's items apart; empty for a list that one manager owns whole.</summary>
    public IReadOnlyList<string> ListKeys { get; init; } = [];

    /// <summary>Whether the items of a list are texts that several managers add to.</summary>
    public bool IsSet { get; init; }

    /// <summary>Whether an object or map has one owner as a whole.</summary>
    public bool IsAtomic { get; init; }

    /// <summary>The field by which a strategic merge patch tells a list's items apart; null for a list that it replaces.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>What it is for, asked for only where somebody wants to know; empty where nothing is known.</summary>
    public Func<string> Description { get; init; } = () => "";

    /// <summary>What a field of an object is for, by its name; empty where nothing is known.</summary>
    public Func<string, string> DescriptionOf { get; init; } = _ => "";

    /// <summary>The schema of a field of an object or of a value of a map; null for a field that it does not have.</summary>
    /// <param name="name">The field's name.</param>
    public FieldSchema? Find(string name) => Type switch
    {
        FieldType.Object => Properties.GetValueOrDefault(name),
        FieldType.Map => Items,
        _ => Anything,
    };
}
