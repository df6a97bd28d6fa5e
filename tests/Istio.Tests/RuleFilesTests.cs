using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio;

public sealed class RuleFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rules");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Load_Folder_TakesItsYamlByName()
    {
        File.WriteAllText(At("b.yml"), "b");
        File.WriteAllText(At("a.yaml"), "a");
        File.WriteAllText(At("c.txt"), "c");
        File.WriteAllText(At("e.json"), "{}");
        Directory.CreateDirectory(At("d.yaml"));
        Assert.Equal([new RuleSource(At("a.yaml"), "a"), new RuleSource(At("b.yml"), "b"), new RuleSource(At("e.json"), "{}")],
            RuleFiles.Load([_folder.FullName]));
    }

    [Fact]
    public void Load_File_IsTakenWhateverItsName()
    {
        File.WriteAllText(At("rules.txt"), "a");
        Assert.Equal([new RuleSource(At("rules.txt"), "a")], RuleFiles.Load([At("rules.txt")]));
    }

    [Fact]
    public void Load_WhatIsNotThere_SaysSo()
    {
        var error = Assert.Throws<RuleFileException>(() => RuleFiles.Load([At("missing.yaml")]));
        Assert.Equal($"{At("missing.yaml")}: there is no such file or folder", error.Message);
    }

    [Fact]
    public void Load_FolderWithoutRules_SaysSo()
    {
        var error = Assert.Throws<RuleFileException>(() => RuleFiles.Load([_folder.FullName]));
        Assert.Equal($"{_folder.FullName}: the folder has no *.yaml, *.yml or *.json files", error.Message);
    }

    [Fact]
    public void Load_TooLargeAFile_SaysSo()
    {
        using (var file = File.Create(At("large.yaml")))
        {
            file.SetLength(RuleFiles.LargestFile + 1);
        }

        var error = Assert.Throws<RuleFileException>(() => RuleFiles.Load([_folder.FullName]));
        Assert.Equal($"{At("large.yaml")}: the file is larger than 8 MiB", error.Message);
    }

    [Fact]
    public void Load_FileThatIsNotUtf8_SaysWhere()
    {
        File.WriteAllBytes(At("latin1.yaml"), [.. "# caf\u00e9\nkind: "u8, 0xE9, (byte)'\n']);

        var error = Assert.Throws<RuleFileException>(() => RuleFiles.Load([_folder.FullName]));

        Assert.Equal($"{At("latin1.yaml")}:2: the file is not UTF-8; save it as UTF-8", error.Message);
    }

    [Fact]
    public void Load_FileWithAByteOrderMark_IsReadWithoutIt()
    {
        File.WriteAllBytes(At("mark.yaml"), [0xEF, 0xBB, 0xBF, (byte)'a']);

        Assert.Equal("a", Assert.Single(RuleFiles.Load([At("mark.yaml")])).Text);
    }

    [Fact]
    public void Load_FoldersWithinFolders_AreReadWhereThatIsAsked()
    {
        Directory.CreateDirectory(At("apps"));
        Directory.CreateDirectory(At(".github"));
        File.WriteAllText(At("apps/a.yaml"), "a");
        File.WriteAllText(At(".github/b.yaml"), "b");

        Assert.Equal([new RuleSource(At("apps/a.yaml"), "a")], RuleFiles.Load([_folder.FullName], recursive: true));
        Assert.EndsWith("; -R reads the folders in it too",
            Assert.Throws<RuleFileException>(() => RuleFiles.Load([_folder.FullName])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DeviceWithoutEnd_SaysThatItIsTooLarge()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "there is no /dev/zero here");

        Assert.Equal("/dev/zero: the file is larger than 8 MiB",
            Assert.Throws<RuleFileException>(() => RuleFiles.Load(["/dev/zero"])).Message);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
