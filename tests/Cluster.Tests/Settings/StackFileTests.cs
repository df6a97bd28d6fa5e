using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;

namespace Bookinfo.Tests.Cluster.Settings;

public sealed class StackFileTests
{
    [Theory]
    [InlineData("Pulumi.kind.yaml")]
    [InlineData("Pulumi.cloud-example.yaml")]
    public void StackFile_AsItIsShipped_IsRight(string name) =>
        Assert.NotEmpty(ClusterSettings.Read(StackConfiguration.Of(Path(name), []), BookinfoSystem.Topology).Exposure.Kinds);

    [Fact]
    public void StackFiles_Together_DescribeEveryKeyThatIsRead()
    {
        var reader = new SettingsReader(StackConfiguration.Of(null, []));
        _ = ClusterSettings.Read(reader, BookinfoSystem.Topology);
        var text = File.ReadAllText(Path("Pulumi.kind.yaml")) + File.ReadAllText(Path("Pulumi.cloud-example.yaml"));
        // One service stands for all where the key ends in a service's name.
        Assert.All(reader.Asked.Where(key => !key.StartsWith("releases:", StringComparison.Ordinal)),
            key => Assert.Contains($"{key}:", text, StringComparison.Ordinal));
        Assert.All(["releases", "canary", "delivery"], space => Assert.Contains($"{space}:r", text, StringComparison.Ordinal));
    }

    [Fact]
    public void StackFile_EveryCommentedKey_IsRead()
    {
        // A user who takes the hash away must not be told that there is no such key.
        var keys = File.ReadLines(Path("Pulumi.kind.yaml")).Select(line => line.TrimStart(' ', '#'))
            .Where(line => line.Split(": ")[0] is var key && key.Split(':').Length == 2 && !key.Contains(' '))
            .Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToList();
        Assert.True(keys.Count > 50);
        foreach (var pair in keys)
        {
            var reader = new SettingsReader(StackConfiguration.Of(null, [$"{pair[0]}={pair[1]}"]));
            var problems = Record.Exception(() => ClusterSettings.Read(reader, BookinfoSystem.Topology)) is SettingsException wrong
                ? wrong.Problems : [];
            Assert.DoesNotContain(problems, problem => problem.Contains("no setting that this program reads", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void StackFile_ListsAndMaps_ReadAsPulumiHandsThemOver()
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "config:\n  a:list: [x, y]\n  a:map: {v1: 90}\n  a:text: plain\n");
            var values = StackConfiguration.Of(file, ["a:text=other"]);
            Assert.Equal(("""["x","y"]""", """{"v1":"90"}""", "other"), (values["a:list"], values["a:map"], values["a:text"]));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("=x")]
    [InlineData("key=value")]
    public void Of_NoAssignment_SaysHowToWriteOne(string text) =>
        Assert.Contains("write key=value", Assert.Throws<SettingsException>(() => StackConfiguration.Of(null, [text])).Message,
            StringComparison.Ordinal);

    private static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, name);
}
