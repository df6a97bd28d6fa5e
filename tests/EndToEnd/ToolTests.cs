using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.EndToEnd;

/// <summary>The Lab as a tool of <c>dotnet</c>: packed, installed from the package, and run outside of the repository.</summary>
public sealed class ToolTests : IDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tool_PackedAndInstalled_ChecksRulesAndFindsTheDemosOwn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the lines are bash's");
        var packages = Path.Combine(_folder.FullName, "packages");
        var rule = Path.Combine(_folder.FullName, "rule.yaml");
        File.Copy(Repository.PathOf("infra", "rules", "reviews-90-10.yaml"), rule);

        await RunAsync($"dotnet pack mesh/Lab --no-build -c {Configuration} -o '{packages}'");
        await RunAsync($"dotnet tool install Bookinfo.Lab --tool-path '{_folder.FullName}/tool' --source '{packages}'");

        // The subsets of this rule are in the base, which travels with the tool.
        Assert.Contains("1 file, with the demo's base beneath",
            await RunAsync($"cd / && '{_folder.FullName}/tool/bookinfo' check '{rule}'"),
            StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string line)
    {
        await using var process = ChildProcess.StartShell(line);
        Assert.True(await process.EndsAsync() == 0, $"{line}: {process.Output}{process.Error}");
        return process.Output;
    }
}
