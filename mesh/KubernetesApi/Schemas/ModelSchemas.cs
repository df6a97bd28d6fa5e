using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s.Models;

namespace Bookinfo.Mesh.KubernetesApi.Schemas;

/// <summary>Schemas of Kubernetes' own types, read off the models of KubernetesClient when they are first asked for.</summary>
internal static partial class ModelSchemas
{
    private static readonly ConcurrentDictionary<Type, FieldSchema> Known = new();

    /// <summary>The metadata of every object.</summary>
    public static FieldSchema ObjectMeta => Of(typeof(V1ObjectMeta));

    /// <summary>The schema of a model.</summary>
    /// <param name="model">For example <see cref="V1Deployment"/>.</param>
    public static FieldSchema Of(Type model) => Known.GetOrAdd(model, Make);

    private static FieldSchema Make(Type model)
    {
        var (version, name) = Split(model);
        return new FieldSchema(FieldType.Object)
        {
            Name = $"{version}.{name}",
            IsAtomic = ListKeys.IsAtomic(name),
            Description = () => ModelDescriptions.Of(model),
            DescriptionOf = field => PropertyOf(model, field) is { } property ? ModelDescriptions.Of(model, property.Name) : "",
            MakeProperties = () => model.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => (Property: property, Json: property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
                .Where(pair => pair.Json is not null)
                .ToDictionary(pair => pair.Json!, pair => OfField(name, pair.Json!, pair.Property.PropertyType), StringComparer.Ordinal),
        };
    }

    private static PropertyInfo? PropertyOf(Type model, string field) => Array.Find(
        model.GetProperties(BindingFlags.Public | BindingFlags.Instance),
        property => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == field);

    private static FieldSchema OfField(string owner, string field, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]))
        {
            return new FieldSchema(FieldType.Text);
        }

        if (type == typeof(int) || type == typeof(long))
        {
            return new FieldSchema(FieldType.Integer);
        }

        if (type == typeof(bool))
        {
            return new FieldSchema(FieldType.Boolean);
        }

        if (type == typeof(double))
        {
            return new FieldSchema(FieldType.Number);
        }

        return type.Name is nameof(IntOrString) or nameof(ResourceQuantity) ? new FieldSchema(FieldType.IntegerOrText)
            : type == typeof(object) || type == typeof(V1Patch) ? FieldSchema.Anything
            : typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType ? OfCollection(owner, field, type.GetGenericArguments())
            : Of(type);
    }

    private static FieldSchema OfCollection(string owner, string field, Type[] arguments)
    {
        var items = OfField(owner, field, arguments[^1]);
        if (arguments.Length == 2)
        {
            return new FieldSchema(FieldType.Map) { Items = items, IsAtomic = ListKeys.IsAtomic($"{owner}.{field}") };
        }

        var keys = ListKeys.Of(owner, field);
        return new FieldSchema(FieldType.List)
        {
            Items = items,
            ListKeys = keys?.Keys ?? [],
            PatchMergeKey = keys?.PatchMergeKey,
            IsSet = keys?.IsSet ?? false,
        };
    }

    /// <summary><c>V2HorizontalPodAutoscaler</c> is <c>HorizontalPodAutoscaler</c> of <c>v2</c>.</summary>
    private static (string Version, string Name) Split(Type model)
    {
        var match = VersionedName().Match(model.Name);
        return match.Success ? (match.Groups["version"].Value.ToLowerInvariant(), match.Groups["name"].Value) : ("v1", model.Name);
    }

    [GeneratedRegex(
        "^(Core|Networking|Discovery|Events)?(?<version>V[0-9]+((Alpha|Beta)[0-9]+)?)(?<name>.+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex VersionedName();
}
