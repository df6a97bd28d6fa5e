namespace Bookinfo.Tests.Architecture;

/// <summary>
/// The namespaces of a project form a staircase: to read one, you need only those below it. Small projects are read whole, so the rule
/// holds for those of more than 40 files. infra/Cluster has a test of its own.
/// </summary>
public sealed class NamespaceTests
{
    private const int MostFilesReadWhole = 40;

    public static TheoryData<string> LargeProjects() =>
        [.. ProjectFile.All().Where(project => !project.IsTest && project.Folder != "infra/Cluster"
            && project.SourceFiles > MostFilesReadWhole).Select(project => project.Folder)];

    [Theory]
    [MemberData(nameof(LargeProjects))]
    public void Namespaces_OfALargeProject_FormAStaircase(string folder)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory,
            ProjectFile.All().Single(project => project.Folder == folder).AssemblyName + ".dll");
        Assert.True(File.Exists(assembly),
            $"{folder} has more than {MostFilesReadWhole} files: reference it from tests/Architecture.Tests.");

        var cycles = NamespaceGraph.Read(assembly, "Bookinfo.").Cycles();

        Assert.True(cycles.Count == 0,
            $"Namespaces of {folder} use each other in a circle; move a type down, or turn an arrow round:{Environment.NewLine}"
            + string.Join(Environment.NewLine, cycles));
    }

    [Fact]
    public void LargeProjects_TheMesh_IsOneOfThem() => Assert.Contains("mesh/Proxy", LargeProjects().Select(row => row.Data));

    [Fact]
    public void Cycles_ANamespaceAndItsParentUseEachOther_AreFound()
    {
        var cycle = Assert.Single(CyclesOf("Circle"));

        Assert.StartsWith("Bookinfo.Tests.Architecture.Samples.Circle, Bookinfo.Tests.Architecture.Samples.Circle.Inner", cycle,
            StringComparison.Ordinal);
        Assert.Contains("Lower uses Upper", cycle, StringComparison.Ordinal);
        Assert.Contains("Upper uses Lower", cycle, StringComparison.Ordinal);
    }

    [Fact]
    public void Cycles_ArrowsThatAllPointDown_None() => Assert.Empty(CyclesOf("Stairs"));

    private static IReadOnlyList<string> CyclesOf(string sample) =>
        NamespaceGraph.Read(typeof(NamespaceTests).Assembly.Location, $"Bookinfo.Tests.Architecture.Samples.{sample}").Cycles();
}
