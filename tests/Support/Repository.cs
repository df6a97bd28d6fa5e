namespace Bookinfo.Tests.Support;

/// <summary>The repository that the tests run in.</summary>
public static class Repository
{
    /// <summary>Its folder, the one with <c>Sample.sln</c>.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests run outside of it.</exception>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file in it.</summary>
    /// <param name="parts">The path from the root, part by part.</param>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sample.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("there is no Sample.sln above the tests");
    }
}
