using System.Text.Json;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Schemas;

namespace Bookinfo.Mesh.KubernetesApi.FieldManagement;

/// <summary>
/// A set of fields of an object, as a tree: the form <c>fieldsV1</c> of <c>metadata.managedFields</c>
/// (<c>sigs.k8s.io/structured-merge-diff: fieldpath/serialize.go</c>). A key is <c>f:name</c> for a field, <c>k:{...}</c> for an item by
/// its keys, <c>v:...</c> for an item of a set.
/// </summary>
internal sealed class FieldSet
{
    private readonly SortedDictionary<string, FieldSet> _children = new(StringComparer.Ordinal);

    /// <summary>Whether the field at this place is itself in the set.</summary>
    public bool IsMember { get; set; }

    /// <summary>What is below this place, by key.</summary>
    public IReadOnlyDictionary<string, FieldSet> Children => _children;

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => !IsMember && _children.Count == 0;

    /// <summary>The fields that a value sets (<c>typed/tofieldset.go</c>).</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">Its schema.</param>
    public static FieldSet Of(JsonNode? value, FieldSchema schema)
    {
        var set = new FieldSet();
        set.Add(value, schema);
        return set;
    }

    /// <summary>The fields of a value that are new or differ from what they were.</summary>
    /// <param name="before">The value as it was.</param>
    /// <param name="after">The value as it is.</param>
    /// <param name="schema">The schema of both.</param>
    public static FieldSet Changes(JsonNode? before, JsonNode? after, FieldSchema schema)
    {
        var set = new FieldSet();
        set.AddChanges(before, after, schema);
        return set;
    }

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    public static FieldSet Read(JsonNode? fields)
    {
        var set = new FieldSet();
        foreach (var (key, value) in fields as JsonObject ?? [])
        {
            if (key == ".")
            {
                set.IsMember = true;
            }
            else
            {
                var child = Read(value);
                child.IsMember |= child._children.Count == 0;
                set._children[key] = child;
            }
        }

        return set;
    }

    /// <summary>Writes <c>fieldsV1</c>.</summary>
    public JsonObject Write()
    {
        var fields = new JsonObject();
        if (IsMember && _children.Count > 0)
        {
            fields["."] = new JsonObject();
        }

        foreach (var (key, child) in _children)
        {
            fields[key] = child.Write();
        }

        return fields;
    }

    /// <summary>The part below a key, which is added where there is none.</summary>
    public FieldSet Child(string key)
    {
        if (!_children.TryGetValue(key, out var child))
        {
            _children[key] = child = new FieldSet();
        }

        return child;
    }

    /// <summary>What is in both.</summary>
    public FieldSet And(FieldSet other)
    {
        var both = new FieldSet { IsMember = IsMember && other.IsMember };
        foreach (var (key, child) in _children)
        {
            if (other._children.TryGetValue(key, out var same) && child.And(same) is { IsEmpty: false } common)
            {
                both._children[key] = common;
            }
        }

        return both;
    }

    /// <summary>What is in this one and not in the other.</summary>
    public FieldSet Without(FieldSet other)
    {
        var rest = new FieldSet { IsMember = IsMember && !other.IsMember };
        foreach (var (key, child) in _children)
        {
            var left = other._children.TryGetValue(key, out var same) ? child.Without(same) : child;
            if (!left.IsEmpty)
            {
                rest._children[key] = left;
            }
        }

        return rest;
    }

    /// <summary>What is in either.</summary>
    public FieldSet Or(FieldSet other)
    {
        var all = new FieldSet { IsMember = IsMember || other.IsMember };
        foreach (var key in _children.Keys.Union(other._children.Keys))
        {
            all._children[key] = _children.TryGetValue(key, out var mine)
                ? other._children.TryGetValue(key, out var theirs) ? mine.Or(theirs) : mine
                : other._children[key];
        }

        return all;
    }

    /// <summary>The paths of its members, as conflicts name them: <c>.spec.http</c>, <c>.spec.ports[port=80].name</c>.</summary>
    public IEnumerable<string> Paths(string path = "") =>
        (IsMember ? [path] : Enumerable.Empty<string>()).Concat(_children.SelectMany(child => child.Value.Paths(path + Step(child.Key))));

    /// <summary>The key of an item of a list.</summary>
    /// <param name="item">The item.</param>
    /// <param name="list">The list's schema.</param>
    public static string Key(JsonNode? item, FieldSchema list)
    {
        if (list.ListKeys.Count == 0)
        {
            return $"v:{item?.ToText()}";
        }

        var keys = new JsonObject();
        foreach (var name in list.ListKeys.Order(StringComparer.Ordinal))
        {
            // The one key with a default among Kubernetes' lists: a port's protocol.
            keys[name] = item.At(name)?.DeepClone() ?? (name == "protocol" ? "TCP" : null);
        }

        return $"k:{keys.ToText()}";
    }

    private void Add(JsonNode? value, FieldSchema schema)
    {
        switch (value)
        {
            case JsonObject owner when !schema.IsAtomic && owner.Count > 0:
                foreach (var (name, child) in owner)
                {
                    var field = schema.Find(name) ?? FieldSchema.Anything;
                    var part = Child($"f:{name}");
                    part.Add(child, field);
                    part.IsMember |= schema.Type == FieldType.Map;
                }

                break;
            case JsonArray list when schema.ListKeys.Count > 0 || schema.IsSet:
                foreach (var item in list)
                {
                    var part = Child(Key(item, schema));
                    part.IsMember = true;
                    if (schema.ListKeys.Count > 0)
                    {
                        part.Add(item, schema.Items!);
                    }
                }

                break;
            default:
                IsMember = true;
                break;
        }
    }

    private void AddChanges(JsonNode? before, JsonNode? after, FieldSchema schema)
    {
        switch (after)
        {
            case JsonObject owner when !schema.IsAtomic && owner.Count > 0:
                foreach (var (name, child) in owner)
                {
                    var part = new FieldSet();
                    part.AddChanges(before.At(name), child, schema.Find(name) ?? FieldSchema.Anything);
                    part.IsMember |= schema.Type == FieldType.Map && before.At(name) is null;
                    Attach($"f:{name}", part);
                }

                break;
            case JsonArray list when schema.ListKeys.Count > 0 || schema.IsSet:
                var old = (before as JsonArray ?? []).DistinctBy(item => Key(item, schema)).ToDictionary(item => Key(item, schema));
                foreach (var item in list)
                {
                    var key = Key(item, schema);
                    var part = new FieldSet { IsMember = !old.ContainsKey(key) };
                    if (schema.ListKeys.Count > 0)
                    {
                        part.AddChanges(old.GetValueOrDefault(key), item, schema.Items!);
                    }

                    Attach(key, part);
                }

                break;
            default:
                IsMember = !JsonNode.DeepEquals(before, after);
                break;
        }
    }

    private void Attach(string key, FieldSet part)
    {
        if (!part.IsEmpty)
        {
            _children[key] = part;
        }
    }

    private static string Step(string key)
    {
        if (key.StartsWith("f:", StringComparison.Ordinal))
        {
            return $".{key[2..]}";
        }

        if (key[0] == 'v')
        {
            return $"[={key[2..]}]";
        }

        using var keys = JsonDocument.Parse(key[2..]);
        return $"[{string.Join(",", keys.RootElement.EnumerateObject().Select(part => $"{part.Name}={part.Value.GetRawText()}"))}]";
    }
}
