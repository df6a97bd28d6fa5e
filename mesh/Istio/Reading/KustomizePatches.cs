using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>
/// Files that a <c>kustomization.yaml</c> beside or above them names as patches: a part of a resource each, and not a rule that lacks
/// lines.
/// </summary>
internal static class KustomizePatches
{
    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml"];

    /// <summary>The full paths of the patches that the kustomizations among some sources name.</summary>
    public static HashSet<string> Of(IEnumerable<(string Name, string Text)> sources)
    {
        var patches = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in sources.Where(source => Names.Contains(Path.GetFileName(source.Name))))
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(name))!;
            patches.UnionWith(Named(text).Select(path => Path.GetFullPath(Path.Combine(folder, path))));
        }

        return patches;
    }

    private static List<string> Named(string text)
    {
        try
        {
            var reader = new YamlReader(text, 0, 0);
            return reader.Next() is not YamlMapping root ? []
                :
                [
                    .. Items(root, "patches").Concat(Items(root, "patchesJson6902")).OfType<YamlMapping>()
                        .Select(patch => patch.Find("path")?.Value).Concat(Items(root, "patchesStrategicMerge"))
                        .OfType<YamlScalar>().Select(path => path.Value).Where(path => path.Length > 0 && !path.Contains('\n')),
                ];
        }
        catch (YamlFormatException)
        {
            // It is said where the file itself is read.
            return [];
        }
    }

    private static IEnumerable<YamlNode> Items(YamlMapping root, string name) =>
        root.Find(name)?.Value is YamlSequence list ? list.Items : [];
}
