using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>Finds places by walking the nodes the resource was read from.</summary>
/// <param name="file">The name of the source.</param>
/// <param name="root">The resource's node.</param>
internal sealed class YamlSourceMap(string file, YamlNode root) : SourceMap(file)
{
    public override Position Find(string path) => Find(root, path);

    /// <summary>The place of the value at a path from a node, or of the nearest part above it that there is.</summary>
    public static Position Find(YamlNode root, string path)
    {
        var node = root;
        var place = root.Place;
        foreach (var (name, index) in RulePath.Parse(path))
        {
            switch (node)
            {
                case YamlMapping mapping when name is not null && mapping.Find(name) is { } entry:
                    (node, place) = (entry.Value, entry.Place);
                    break;
                case YamlSequence list when index >= 0 && index < list.Items.Count:
                    node = list.Items[index];
                    place = node.Place;
                    break;
                default:
                    return place;
            }
        }

        return place;
    }
}
