using Bookinfo.Mesh.Istio.Yaml;

namespace Bookinfo.Mesh.Istio.Reading;

/// <summary>What a <c>kustomization.yaml</c> says of other files (https://kubectl.docs.kubernetes.io/references/kustomize/).</summary>
/// <param name="Namespace">The namespace that it puts resources into; null for none.</param>
/// <param name="Resources">Files and folders of resources beside it, as it writes them; those of other machines are left out.</param>
/// <param name="Patches">Files with parts of resources.</param>
internal sealed record Kustomization(string? Namespace, IReadOnlyList<string> Resources, IReadOnlyList<string> Patches)
{
    /// <summary>The names that the file may have.</summary>
    public static readonly IReadOnlyList<string> FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private static readonly Kustomization Nothing = new(null, [], []);

    /// <summary>Whether a file is a kustomization by its name.</summary>
    public static bool IsNamed(string file) => FileNames.Contains(Path.GetFileName(file));

    /// <summary>Reads one; a text that is none, or is not YAML, says nothing here: it is judged where the file itself is read.</summary>
    public static Kustomization Read(string text)
    {
        try
        {
            return new YamlReader(text, 0, 0).Next() is YamlMapping root ? Read(root) : Nothing;
        }
        catch (YamlFormatException)
        {
            return Nothing;
        }
    }

    private static Kustomization Read(YamlMapping root) => new(
        (root.Find("namespace")?.Value as YamlScalar)?.Value is { Length: > 0 } space ? space : null,
        [
            .. Paths([.. Items(root, "resources"), .. Items(root, "bases"), .. Items(root, "components")]).Where(IsLocal),
        ],
        [
            .. Paths(
            [
                .. Items(root, "patches").Concat(Items(root, "patchesJson6902")).OfType<YamlMapping>()
                    .Select(patch => patch.Find("path")?.Value).OfType<YamlNode>(),
                .. Items(root, "patchesStrategicMerge"),
            ]),
        ]);

    private static IEnumerable<string> Paths(IEnumerable<YamlNode> nodes) =>
        nodes.OfType<YamlScalar>().Select(path => path.Value).Where(path => path.Length > 0 && !path.Contains('\n'));

    /// <summary>Addresses of repositories have a scheme, a query, or begin with the name of a host or a user.</summary>
    private static bool IsLocal(string path) => !path.Contains("://", StringComparison.Ordinal) && !path.Contains('?')
        && !path.Contains('@') && !path.StartsWith("github.com/", StringComparison.Ordinal);

    private static IEnumerable<YamlNode> Items(YamlMapping root, string name) =>
        root.Find(name)?.Value is YamlSequence list ? list.Items : [];
}
