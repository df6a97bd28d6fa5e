using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Reads one object of Istio's API from a mapping: each field is asked for by name and type, and <see cref="Done"/> says what was not
/// asked for. A field that is null counts as absent, as it does to the Kubernetes API server.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly ReadScope _scope;
    private readonly YamlMapping _node;
    private readonly RulePath _path;
    private readonly string _message;
    private readonly int _firstAsked;

    /// <param name="scope">Where problems go.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="path">Its path.</param>
    /// <param name="message">The message's name in Istio's API, such as <c>HTTPRoute</c>.</param>
    public ObjectReader(ReadScope scope, YamlMapping node, RulePath path, string message)
    {
        _scope = scope;
        _node = node;
        _path = path;
        _message = message;
        _firstAsked = scope.Asked.Count;
    }

    /// <summary>Whether this is the resource itself, whose fields beside the spec are Kubernetes' own.</summary>
    public bool IsRoot { get; init; }

    /// <summary>Whether the Gateway API's experimental fields are there.</summary>
    public bool IsExperimental => _scope.Channel == GatewayApiChannel.Experimental;

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => _node.Find(name)?.Value is not (null or YamlScalar { Kind: YamlScalarKind.Null });

    /// <summary>Whether anything has been said against what was read so far.</summary>
    public bool HasErrors => _scope.Problems.Count > 0;

    /// <summary>Takes a field that says nothing about traffic, such as <c>metadata.uid</c>, whatever it holds.</summary>
    public void Skip(params ReadOnlySpan<string> names) => _scope.Asked.AddRange(names);

    /// <summary>Says that what stands at a field is wrong.</summary>
    public void Error(string name, string message, string? suggestion = null) =>
        _scope.Error(_node.Find(name)?.Place ?? _node.Place, _path.Field(name), message, suggestion);

    /// <summary>Says what is worth knowing about a field, or that it does not do what it seems to.</summary>
    public void Remark(MessageType type, string name, string message, string? suggestion = null) =>
        _scope.Remark(type, _node.Find(name)?.Key.Place ?? _node.Place, _path.Field(name), message, suggestion);

    /// <summary>An object.</summary>
    public T? Object<T>(string name, string message, Func<ObjectReader, T?> read)
        where T : class =>
        Value(name) is { } value ? Object(value, _path.Field(name), message, read) : null;

    /// <summary>A list of objects.</summary>
    public IReadOnlyList<T> Objects<T>(string name, string message, Func<ObjectReader, T?> read)
        where T : class
    {
        var path = _path.Field(name);
        return Items(name, (item, i) => Object(item, path.Item(i), message, read));
    }

    /// <summary>A map from keys that the user chose to objects.</summary>
    public IReadOnlyDictionary<string, T> ObjectMap<T>(string name, string message, Func<ObjectReader, T> read)
        where T : class
    {
        var path = _path.Field(name);
        return Map(name, (entry, key) => Object(entry.Value, path.Key(key), message, read));
    }

    /// <summary>Says which fields the object has that were not read.</summary>
    public void Done()
    {
        var asked = _scope.Asked.GetRange(_firstAsked, _scope.Asked.Count - _firstAsked);
        _scope.Asked.RemoveRange(_firstAsked, asked.Count);
        foreach (var entry in _node.Entries)
        {
            if (!_scope.IsFull && !asked.Contains(entry.Key.Value))
            {
                Unknown(entry, asked);
            }
        }
    }

    private void Unknown(YamlEntry entry, List<string> asked)
    {
        var name = entry.Key.Value;
        var path = _path.Field(name);
        if (!IsRoot && UnsupportedFields.Reason(_message, name) is { } reason)
        {
            _scope.Error(MessageTypes.Unsupported, entry.Key.Place, path, $"the mesh does not support this field: {reason}",
                reason == UnsupportedFields.Experimental ? "--gateway-api experimental applies it" : null);
            return;
        }

        var what = IsRoot ? $"a {_message}" : _message;
        _scope.Error(entry.Key.Place, path, $"{what} has no field {Messages.Quote(name)}", Advice(entry, asked));
    }

    private string? Advice(YamlEntry entry, List<string> asked)
    {
        var name = entry.Key.Value;
        var names = asked.Concat(IsRoot ? [] : UnsupportedFields.FieldsOf(_message)).Order(StringComparer.Ordinal).ToList();
        if (FieldAdvice.OfHyphen(name) is { } hyphen)
        {
            return hyphen;
        }

        // A name in another spelling, such as direct_response, is nearer than the same name elsewhere.
        var nearest = Messages.Nearest(name, names);
        if (nearest is not null && Messages.IsSameInOtherSpelling(name, nearest))
        {
            return $"did you mean {nearest}?";
        }

        return FieldAdvice.OfRemoved(name)
            ?? (Empty(entry, asked) is { } empty ? $"indent it further if it belongs to {empty.Key.Value}" : null)
            ?? FieldAdvice.Place(_scope.Kind, name)
            ?? (nearest is not null ? $"did you mean {nearest}?" : names.Count <= 20 ? $"it has {Messages.AllOf(names)}" : null);
    }

    /// <summary>A known field right before that holds nothing: what follows is probably indented too little.</summary>
    private YamlEntry? Empty(YamlEntry unknown, List<string> asked) => _node.Entries
        .TakeWhile(entry => entry != unknown)
        .LastOrDefault(entry => asked.Contains(entry.Key.Value) && entry.Value is YamlScalar { Kind: YamlScalarKind.Null });

    private T? Object<T>(YamlNode value, RulePath path, string message, Func<ObjectReader, T?> read)
        where T : class
    {
        if (value is not YamlMapping mapping)
        {
            _scope.Error(value.Place, path, $"{message} is a mapping, {value.Noun} given",
                value is YamlScalar { Kind: YamlScalarKind.Null } ? "write {} for an empty one" : null);
            return null;
        }

        var reader = new ObjectReader(_scope, mapping, path, message);
        var result = read(reader);
        reader.Done();
        return result;
    }

    /// <summary>The value of a field; null where it is absent or null.</summary>
    private YamlNode? Value(string name)
    {
        _scope.Asked.Add(name);
        return _node.Find(name)?.Value is { } value and not YamlScalar { Kind: YamlScalarKind.Null } ? value : null;
    }

    private IReadOnlyList<T> Items<T>(string name, Func<YamlNode, int, T?> read)
        where T : class
    {
        switch (Value(name))
        {
            case null:
                return Values.None<T>();
            case YamlSequence list:
                var items = new List<T>(list.Items.Count);
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (read(list.Items[i], i) is { } item)
                    {
                        items.Add(item);
                    }
                }

                return items;
            case var other:
                var hint = other switch
                {
                    YamlScalar scalar => FieldAdvice.OfHyphen(scalar.Value) ?? $"write each item in a line of its own: - {scalar.Value}",
                    YamlMapping { Entries: [var first, ..] } when FieldAdvice.OfHyphen(first.Key.Value) is { } missing => missing,
                    _ => "start each item with a hyphen",
                };
                _scope.Error(other.Place, _path.Field(name), $"a list is wanted, {other.Noun} given", hint);
                return Values.None<T>();
        }
    }

    private IReadOnlyDictionary<string, T> Map<T>(string name, Func<YamlEntry, string, T?> read)
        where T : class
    {
        switch (Value(name))
        {
            case null:
                return Values.NoMap<T>();
            case YamlMapping mapping:
                var map = new OrderedDictionary<string, T>(mapping.Entries.Count, StringComparer.Ordinal);
                foreach (var entry in mapping.Entries)
                {
                    if (TakeKey(name, entry.Key) && read(entry, entry.Key.Value) is { } value)
                    {
                        map[entry.Key.Value] = value;
                    }
                }

                return map;
            case var other:
                _scope.Error(other.Place, _path.Field(name), $"a mapping of names to values is wanted, {other.Noun} given");
                return Values.NoMap<T>();
        }
    }

    /// <summary>Refuses a key that kubectl would turn into another text: an unquoted <c>on</c> becomes <c>true</c>.</summary>
    private bool TakeKey(string name, YamlScalar key)
    {
        var becomesAnother = key.Kind is YamlScalarKind.Boolean or YamlScalarKind.Null or YamlScalarKind.Float
            || (key.Kind is YamlScalarKind.Integer && !IsPlainDecimal(key.Value));
        if (becomesAnother)
        {
            _scope.Error(
                key.Place, _path.Field(name).Key(key.Value), $"without quotes YAML reads this key as {key.Noun}, not as a text",
                    $"write \"{key.Value}\"");
        }

        return !becomesAnother;
    }

    private static bool IsPlainDecimal(string value) =>
        value == "0" || (value[0] is not ('0' or '+' or '-') && !value.Contains('_', StringComparison.Ordinal));
}
