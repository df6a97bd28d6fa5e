using System.Globalization;

namespace Bookinfo.Mesh.Istio.Model;

/// <summary>
/// A path into a resource, such as <c>spec.http[0].match[1].headers["end-user"]</c>. Becomes text only where something is wrong.
/// </summary>
internal sealed class RulePath
{
    public static readonly RulePath Root = new(null, "", -1);

    private readonly RulePath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private RulePath(RulePath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>What it is a part of.</summary>
    public RulePath Parent => _parent ?? this;

    /// <summary>A field of an object.</summary>
    public RulePath Field(string name) => new(this, name, -1);

    /// <summary>An item of a list, from 0.</summary>
    public RulePath Item(int index) => new(this, null, index);

    /// <summary>The value of a key that the user chose, such as a header's name.</summary>
    public RulePath Key(string key) => new(this, key, -2);

    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        var parent = _parent.ToString();
        return _index switch
        {
            >= 0 => string.Create(CultureInfo.InvariantCulture, $"{parent}[{_index}]"),
            -2 => $"{parent}[\"{_name!.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]",
            _ => parent.Length == 0 ? _name! : $"{parent}.{_name}",
        };
    }

    /// <summary>The steps of a written path: names and indices. Stops at what it does not understand.</summary>
    public static IEnumerable<(string? Name, int Index)> Parse(string path)
    {
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '[' && at + 1 < path.Length && path[at + 1] == '"')
            {
                var key = new System.Text.StringBuilder();
                for (at += 2; at < path.Length && path[at] != '"'; at++)
                {
                    at += path[at] == '\\' ? 1 : 0;
                    _ = at < path.Length ? key.Append(path[at]) : key;
                }

                at += 2;
                yield return (key.ToString(), -1);
            }
            else if (path[at] == '[')
            {
                var end = path.IndexOf(']', at);
                if (end < 0 || !int.TryParse(path.AsSpan(at + 1, end - at - 1), NumberStyles.None, CultureInfo.InvariantCulture,
                    out var index))
                {
                    yield break;
                }

                at = end + 1;
                yield return (null, index);
            }
            else
            {
                at += path[at] == '.' ? 1 : 0;
                var end = path.AsSpan(at).IndexOfAny('.', '[');
                var name = end < 0 ? path[at..] : path[at..(at + end)];
                at += Math.Max(name.Length, 1);
                yield return (name, -1);
            }
        }
    }
}
