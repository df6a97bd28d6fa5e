using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>A value of a YAML document and its place. Immutable, so that an alias is the very node of its anchor.</summary>
internal abstract class YamlNode(Position place, int size)
{
    public Position Place { get; } = place;

    /// <summary>How many values it holds with itself, each alias counted as what it stands for.</summary>
    public int Size { get; } = size;

    /// <summary>How a message calls it: "a text", "a list".</summary>
    public abstract string Noun { get; }
}

internal sealed class YamlSequence(Position place, int size, IReadOnlyList<YamlNode> items) : YamlNode(place, size)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Noun => "a list";
}

internal sealed class YamlMapping(Position place, int size, IReadOnlyList<YamlEntry> entries) : YamlNode(place, size)
{
    public IReadOnlyList<YamlEntry> Entries { get; } = entries;

    public override string Noun => "a mapping";

    public YamlEntry? Find(string name)
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Key.Value == name)
            {
                return Entries[i];
            }
        }

        return null;
    }
}

/// <summary>A key with its value. Keys are scalars: nothing else makes sense in Kubernetes.</summary>
internal sealed record YamlEntry(YamlScalar Key, YamlNode Value)
{
    /// <summary>Where to point for the value: at the key where the value is nothing at all.</summary>
    public Position Place => Value is YamlScalar { Value.Length: 0, Kind: YamlScalarKind.Null } ? Key.Place : Value.Place;
}
