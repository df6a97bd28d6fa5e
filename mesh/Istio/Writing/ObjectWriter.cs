using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Writing;

/// <summary>
/// Writes the fields of an object as plain values: texts, booleans, numbers, arrays, and dictionaries for objects in the order of writing.
/// What is absent is not written.
/// </summary>
internal sealed class ObjectWriter
{
    private Dictionary<string, object> _fields = [];

    /// <summary>The fields that <paramref name="body"/> writes.</summary>
    public Dictionary<string, object> Fields(Action body)
    {
        var outer = _fields;
        _fields = [];
        body();
        (var inner, _fields) = (_fields, outer);
        return inner;
    }

    public void Text(string name, string? value) => Set(name, value);

    public void Number(string name, long? value) =>
        Set(name, value is >= int.MinValue and <= int.MaxValue ? (object)(int)value.Value : value);

    public void Number(string name, ulong? value) => Set(name, value <= int.MaxValue ? (object)(int)value.Value : value);

    public void Number(string name, double? value) =>
        Set(name, value is >= int.MinValue and <= int.MaxValue && double.IsInteger(value.Value) ? (object)(int)value.Value : value);

    public void Boolean(string name, bool? value) => Set(name, value);

    /// <summary>A boolean that is false where it is absent.</summary>
    public void Flag(string name, bool value) => Boolean(name, value ? true : null);

    public void Duration(string name, TimeSpan? value) => Text(name, value is { } duration ? GoDuration.Format(duration) : null);

    public void Percent(string name, double? value)
    {
        if (value is { } number)
        {
            Set(name, Fields(() => Number("value", number)));
        }
    }

    public void Port(string name, int? value)
    {
        if (value is { } number)
        {
            Set(name, Fields(() => Number("number", number)));
        }
    }

    public void Name<T>(string name, T? value, EnumNames<T> names)
        where T : struct, Enum => Text(name, value is { } known ? names.Of(known) : null);

    public void Object<T>(string name, T? value, Action<T> body)
        where T : class => Set(name, value is null ? null : Fields(() => body(value)));

    public void Map<T>(string name, IReadOnlyDictionary<string, T> values, Action<string, T> entry) =>
        Object(name, values.Count > 0 ? values : null, all =>
        {
            foreach (var (key, value) in all)
            {
                entry(key, value);
            }
        });

    public void Texts(string name, IReadOnlyDictionary<string, string> values) => Map(name, values, Text);

    public void Objects<T>(string name, IReadOnlyList<T> values, Action<T> body) => List(name, values, value => Fields(() => body(value)));

    public void Texts(string name, IReadOnlyList<string> values) => List(name, values, value => value);

    public void Numbers(string name, IReadOnlyList<int> values) => List(name, values, value => value);

    private void List<T>(string name, IReadOnlyList<T> values, Func<T, object> item) =>
        Set(name, values.Count > 0 ? values.Select(item).ToArray() : null);

    private void Set(string name, object? value)
    {
        if (value is not null)
        {
            _fields.Add(name, value);
        }
    }
}
