using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// Gathers the entries of a mapping: refuses a key that is there twice, resolves merge keys (<c>&lt;&lt;: *defaults</c>).
/// </summary>
internal sealed class YamlEntries
{
    /// <summary>Up to here a walk through the list is quicker than a set.</summary>
    private const int Few = 12;

    private readonly List<YamlEntry> _entries = [];
    private readonly List<YamlMapping> _merged = [];
    private Dictionary<string, YamlEntry>? _byKey;
    private int _size = 1;

    public void Add(YamlScalar key, YamlNode value)
    {
        var entry = new YamlEntry(key, value);
        if (Find(key.Value) is { } first)
        {
            throw new YamlFormatException(
                key.Place, $"the key {Messages.Quote(key.Value)} is there twice; the first is in line {first.Key.Place.Line}",
                    "keep one of the two");
        }

        Append(entry);
    }

    public void Merge(YamlScalar key, YamlNode value)
    {
        IReadOnlyList<YamlNode> mappings = value is YamlSequence list ? list.Items : [value];
        foreach (var mapping in mappings)
        {
            _merged.Add(mapping as YamlMapping ?? throw new YamlFormatException(key.Place, $"<< merges mappings, {mapping.Noun} given"));
        }
    }

    /// <summary>Keys of the mapping itself win over merged ones, earlier merged ones over later.</summary>
    public YamlMapping ToMapping(Position place)
    {
        foreach (var entry in _merged.SelectMany(mapping => mapping.Entries))
        {
            if (Find(entry.Key.Value) is null)
            {
                Append(entry);
            }
        }

        return new YamlMapping(place, _size, _entries);
    }

    private void Append(YamlEntry entry)
    {
        _entries.Add(entry);
        _size += 1 + entry.Value.Size;
        if (_byKey is not null)
        {
            _byKey.Add(entry.Key.Value, entry);
        }
        else if (_entries.Count > Few)
        {
            _byKey = _entries.ToDictionary(each => each.Key.Value, StringComparer.Ordinal);
        }
    }

    private YamlEntry? Find(string key)
    {
        if (_byKey is not null)
        {
            return _byKey.GetValueOrDefault(key);
        }

        foreach (var entry in _entries)
        {
            if (entry.Key.Value == key)
            {
                return entry;
            }
        }

        return null;
    }
}
