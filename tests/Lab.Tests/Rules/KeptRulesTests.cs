using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Lab.Rules;

public sealed class KeptRulesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-kept-");
    private readonly StringWriter _log = new();

    private string File => Path.Combine(_folder.FullName, "rules.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_NothingKept_IsNull()
    {
        Assert.Null(Kept().Load());
        Assert.Empty(_log.ToString());
    }

    [Fact]
    public void Load_AfterSave_IsTheLastRules()
    {
        Kept().Save(Demo("all-v1.yaml"));
        Kept().Save(Demo("reviews-90-10.yaml"));

        Assert.Equal(RuleWriter.Write(Demo("reviews-90-10.yaml")), RuleWriter.Write(Kept().Load()!.Rules));
        Assert.Equal([File], _folder.GetFiles().Select(file => file.FullName));
    }

    [Fact]
    public void Load_FileWithErrors_TellsThemAndIsNull()
    {
        System.IO.File.WriteAllText(File,
            "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews}\nspec: {hots: [reviews]}\n");

        Assert.Null(Kept().Load());
        Assert.Contains($"{File}:4:", _log.ToString(), StringComparison.Ordinal);
        Assert.Contains("The mesh starts with the rules of its configuration.", _log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Save_FolderIsGone_TellsWhere()
    {
        new KeptRules(Path.Combine(_folder.FullName, "gone", "rules.yaml"), BookinfoSystem.Topology.ToKnownServices(), _log)
            .Save(Demo("all-v1.yaml"));

        Assert.StartsWith("The rules are in force, but cannot be kept in", _log.ToString(), StringComparison.Ordinal);
    }

    private static RuleSet Demo(string name) => RuleReader.Read(RulePlaces.Load([RulePlaces.Demo(name)])).Rules;

    private KeptRules Kept() => new(File, BookinfoSystem.Topology.ToKnownServices(), _log);
}
