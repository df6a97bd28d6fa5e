using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Finds places in the text of a document, which is all that is kept of it.</summary>
/// <param name="file">The name of the source.</param>
/// <param name="document">The document.</param>
/// <param name="root">Which of its roots, from 0.</param>
/// <param name="items">The way from the root to the resource: its place in a list of resources, in a list in that, and so on.</param>
internal sealed class DocumentSourceMap(string file, KeptDocument document, int root, IReadOnlyList<int> items) : SourceMap(file)
{
    public override string? Document => items.Count == 0 ? document.Text : null;

    public override Position Find(string path)
    {
        var node = document.Root(root);
        foreach (var item in items)
        {
            node = ((YamlSequence)((YamlMapping)node).Find(ItemsField)!.Value).Items[item];
        }

        return YamlSourceMap.Find(node, path);
    }

    /// <summary>The field of a list of resources.</summary>
    public const string ItemsField = "items";
}
