using System.Text;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// The text of a document whose resources are in use, as UTF-8. Its nodes take ten times as much: they are made again where somebody asks
/// for them after the memory was needed for something else.
/// </summary>
/// <param name="text">The document's text.</param>
/// <param name="linesBefore">How many lines of the file stand before it.</param>
/// <param name="roots">The roots in it; more are added while it is read.</param>
internal sealed class KeptDocument(string text, int linesBefore, IReadOnlyList<YamlNode> roots)
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);
    private readonly WeakReference<IReadOnlyList<YamlNode>> _roots = new(roots);

    /// <summary>The document's text.</summary>
    public string Text => Encoding.UTF8.GetString(_text);

    /// <summary>One of the roots that were read.</summary>
    /// <param name="index">Which, from 0.</param>
    public YamlNode Root(int index)
    {
        if (_roots.TryGetTarget(out var known) && known.Count > index)
        {
            return known[index];
        }

        var reader = new YamlReader(Text, linesBefore);
        var read = new List<YamlNode>();
        while (read.Count <= index && reader.Next() is { } root)
        {
            read.Add(root);
        }

        _roots.SetTarget(read);
        return read[index];
    }
}
