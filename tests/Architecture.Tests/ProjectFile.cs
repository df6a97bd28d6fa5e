using System.Xml.Linq;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Architecture;

/// <summary>One project of the repository, as its file says.</summary>
/// <param name="Folder">Its folder from the root of the repository, with slashes: <c>mesh/Proxy</c>.</param>
/// <param name="AssemblyName">The name of what it compiles to, without an extension.</param>
/// <param name="References">The folders of the projects that it references, a pattern's <c>*</c> filled in.</param>
/// <param name="SourceFiles">How many C# files it has.</param>
internal sealed record ProjectFile(string Folder, string AssemblyName, IReadOnlyList<string> References, int SourceFiles)
{
    public bool IsTest => Folder.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Every project of the repository, by folder.</summary>
    public static IReadOnlyList<ProjectFile> All() =>
        [.. FilesUnder(Repository.Root, "*.csproj").Select(Read).OrderBy(project => project.Folder, StringComparer.Ordinal)];

    private static ProjectFile Read(string path)
    {
        var directory = Path.GetDirectoryName(path)!;
        var xml = XDocument.Load(path);
        return new ProjectFile(
            FromRoot(directory),
            xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(path),
            [.. xml.Descendants("ProjectReference").SelectMany(reference => Expand(directory, reference.Attribute("Include")!.Value))
                .Distinct()],
            FilesUnder(directory, "*.cs").Count());
    }

    private static IEnumerable<string> Expand(string directory, string include)
    {
        var star = include.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? [FromRoot(Path.GetDirectoryName(Path.GetFullPath(include, directory))!)]
            : FilesUnder(Path.GetFullPath(include[..star], directory), "*.csproj").Select(path => FromRoot(Path.GetDirectoryName(path)!));
    }

    private static string FromRoot(string directory) => Path.GetRelativePath(Repository.Root, directory).Replace('\\', '/');

    private static IEnumerable<string> FilesUnder(string directory, string pattern) =>
        Directory.EnumerateFiles(directory, pattern, SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(directory, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));
}
