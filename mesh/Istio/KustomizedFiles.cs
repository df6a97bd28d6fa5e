using Bookinfo.Mesh.Istio.Reading;

namespace Bookinfo.Mesh.Istio;

/// <summary>A file, and the namespace that a kustomization puts its resources into; null for none.</summary>
internal sealed record KustomizedFile(string File, string? Namespace);

/// <summary>
/// Follows kustomizations among files to the files that they name, in whatever folder those are, as <c>kustomize build</c> does: an
/// overlay names its base. Of nested kustomizations the outermost one says the namespace. A file that several put into namespaces of
/// their own is there once for each.
/// </summary>
internal sealed class KustomizedFiles
{
    /// <summary>More files than anybody has. A kustomization may name the root of the file system.</summary>
    private const int MostFiles = 20_000;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Kustomization> _kustomizations = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, List<string?>> _namespaces = new(StringComparer.Ordinal);

    private KustomizedFiles()
    {
    }

    /// <summary>The files with those that kustomizations among them name, each after the file that names it first.</summary>
    /// <param name="files">Files, by path.</param>
    /// <param name="read">Reads a file's text.</param>
    public static IReadOnlyList<KustomizedFile> Follow(IReadOnlyList<string> files, Func<string, string> read)
    {
        if (!files.Any(Kustomization.IsNamed))
        {
            return [.. files.Select(file => new KustomizedFile(file, null))];
        }

        var followed = new KustomizedFiles();
        foreach (var file in files)
        {
            followed.Add(file, read);
        }

        var inner = followed._named.Values.SelectMany(each => each).ToHashSet(StringComparer.Ordinal);
        foreach (var root in followed._kustomizations.Keys.Where(root => !inner.Contains(root)))
        {
            followed.Assign(root, null, []);
        }

        return
        [
            .. followed._namespaces.SelectMany(each => each.Value.DefaultIfEmpty(null)
                .Select(space => new KustomizedFile(followed._names[each.Key], space))),
        ];
    }

    /// <summary>Takes a file, and what it names.</summary>
    private void Add(string file, Func<string, string> read)
    {
        var full = Path.GetFullPath(file);
        if (_names.Count >= MostFiles || !_names.TryAdd(full, file))
        {
            return;
        }

        _namespaces[full] = [];
        if (!Kustomization.IsNamed(file))
        {
            return;
        }

        var kustomization = _kustomizations[full] = Kustomization.Read(read(file));
        var named = _named[full] = [];
        foreach (var path in kustomization.Resources.Select(each => Path.Combine(Path.GetDirectoryName(file) ?? "", each)))
        {
            if (Find(path) is { } found)
            {
                named.Add(Path.GetFullPath(found));
                Add(found, read);
            }
        }
    }

    /// <summary>The file of a path, or the kustomization in its folder; null where there is none.</summary>
    private static string? Find(string path) => File.Exists(path) ? Tidy(path)
        : Kustomization.FileNames.Select(name => Path.Combine(path, name)).FirstOrDefault(File.Exists) is { } inner ? Tidy(inner) : null;

    /// <summary>The path without its <c>..</c> in the middle.</summary>
    private static string Tidy(string path) =>
        Path.IsPathRooted(path) ? Path.GetFullPath(path) : Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.GetFullPath(path));

    private void Assign(string kustomization, string? outer, HashSet<string> above)
    {
        if (!above.Add(kustomization))
        {
            return;
        }

        var space = outer ?? _kustomizations[kustomization].Namespace;
        foreach (var file in _named[kustomization])
        {
            if (_kustomizations.ContainsKey(file))
            {
                Assign(file, space, above);
            }
            else if (!_namespaces[file].Contains(space))
            {
                _namespaces[file].Add(space);
            }
        }

        above.Remove(kustomization);
    }
}
