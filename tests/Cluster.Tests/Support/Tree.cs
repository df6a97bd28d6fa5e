using System.Collections;
using System.Globalization;

namespace Bookinfo.Tests.Cluster.Support;

/// <summary>A value somewhere in a manifest; what is not there can be walked on, and does not exist.</summary>
internal readonly record struct Tree(object? Value)
{
    public bool Exists => Value is not null;

    public Tree this[string key] => Value is IDictionary map && map.Contains(key) ? new(map[key]) : default;

    public Tree this[int index] => Items.ElementAtOrDefault(index);

    public IReadOnlyList<Tree> Items =>
        Value is IEnumerable list and not (string or IDictionary) ? [.. list.Cast<object?>().Select(item => new Tree(item))] : [];

    public IReadOnlyDictionary<string, Tree> Fields => Value is IDictionary map
        ? map.Keys.Cast<string>().ToDictionary(key => key, key => new Tree(map[key])) : new Dictionary<string, Tree>();

    public IReadOnlyDictionary<string, string> Texts => Fields.ToDictionary(pair => pair.Key, pair => pair.Value.Text);

    public string Text => Value switch
    {
        string text => text,
        null => "",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
    };

    public int Number => Convert.ToInt32(Value, CultureInfo.InvariantCulture);

    public bool IsTrue => Value is true;

    public bool IsFalse => Value is false;

    public override string ToString() => Text;
}
