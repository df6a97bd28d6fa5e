using System.Text.RegularExpressions;
using Bookinfo.Tests.Support;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Topology;

/// <summary>
/// What a service needs beside its entry in <see cref="BookinfoSystem"/>. Each failure is a sentence that says what to do; the steps are in
/// CONTRIBUTING.md.
/// </summary>
public sealed partial class NewServiceTests
{
    public static TheoryData<string> Services => [.. BookinfoSystem.Topology.Services.Select(service => service.Name)];

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfTheTopology_HasAProgram(string name)
    {
        var project = BookinfoSystem.Topology[name].Project;

        Require(File.Exists(PathOf(project, $"{project}.csproj")), $"{name} has no program. Add services/{project}/{project}.csproj.");
        Require(File.Exists(PathOf(project, "Program.cs")), $"{name} has no program. Add services/{project}/Program.cs.");
        Require(
            Directory.GetFiles(Repository.PathOf("services", project), "*.cs").Select(File.ReadAllText).Any(code =>
                code.Contains($"public static class {project}Program", StringComparison.Ordinal)
                && code.Contains("public static WebApplication Build(WebApplicationBuilder builder)", StringComparison.Ordinal)),
            $"The Lab cannot start {name}. In services/{project}, declare a public static class {project}Program "
            + "with 'public static WebApplication Build(WebApplicationBuilder builder)'.");
        Require(
            project.Equals(name, StringComparison.OrdinalIgnoreCase),
            $"infra/Cluster/images.sh names an image after its folder. Call the folder of {name} so, in upper and lower case as you like; "
                + $"it is services/{project}.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfTheTopology_IsInSolutionAndFilter(string name)
    {
        var project = BookinfoSystem.Topology[name].Project;

        Require(
            Read("Sample.sln").Contains($"\"services\\{project}\\{project}.csproj\"", StringComparison.Ordinal),
            $"{name} is not in the solution. Type: dotnet sln Sample.sln add services/{project}");
        Require(
            Read("Sample.Core.slnf").Contains($"\"services/{project}/{project}.csproj\"", StringComparison.Ordinal),
            $"{name} is not among the tested projects. Add \"services/{project}/{project}.csproj\" to Sample.Core.slnf.");
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfTheTopology_HasASubsetForEachRelease(string name)
    {
        var rules = Read("infra", "rules", "destination-rules.yaml").Split("---").Where(rule => HasLine(rule, $"host: {name}")).ToList();

        Require(rules.Count == 1,
            $"{name} has no subsets. Add one DestinationRule with host: {name} to infra/rules/destination-rules.yaml.");
        foreach (var release in BookinfoSystem.Topology[name].Releases)
        {
            Require(
                HasLine(rules[0], $"version: {release.Version}"),
                $"{name} {release.Version} has no subset. Add one to the DestinationRule for {name} in "
                    + "infra/rules/destination-rules.yaml.");
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_OfTheTopology_StartsAtItsFirstRelease(string name)
    {
        var releases = BookinfoSystem.Topology[name].Releases;
        var first = releases[0].Version;
        var rules = Read("infra", "rules", "all-v1.yaml").Split("---");

        // A subset for calls inside the mesh says nothing about a service that only the gateway calls, and istioctl warns of it (IST0140).
        var isOnlyEntered = releases.Count == 1
            && BookinfoSystem.Topology.Services.All(service => !service.Calls.Contains(name));
        Require(
            isOnlyEntered || rules.Any(rule => HasLine(rule, $"host: {name}") && HasLine(rule, $"subset: {first}")),
            $"{name} does not start at {first}. Add a VirtualService that routes {name} to the subset {first} to infra/rules/all-v1.yaml.");
    }

    [Fact]
    public void Folder_OfAProgram_IsInTheTopology()
    {
        var known = BookinfoSystem.Topology.Services.Select(service => service.Project).ToHashSet();
        foreach (var program in Directory.GetFiles(Repository.PathOf("services"), "Program.cs", SearchOption.AllDirectories))
        {
            var folder = Path.GetFileName(Path.GetDirectoryName(program)!);
            Require(known.Contains(folder),
                $"services/{folder} runs nowhere. Add an entry with the project {folder} to infra/Topology/BookinfoSystem.cs.");
        }
    }

    private static void Require(bool condition, string otherwise) => Assert.True(condition, otherwise);

    private static bool HasLine(string yaml, string text) => Lines().Split(yaml).Any(line => line.TrimStart(' ', '-') == text);

    private static string PathOf(string project, string file) => Repository.PathOf("services", project, file);

    private static string Read(params string[] path) => File.ReadAllText(Repository.PathOf(path));

    [GeneratedRegex("\r?\n")]
    private static partial Regex Lines();
}
