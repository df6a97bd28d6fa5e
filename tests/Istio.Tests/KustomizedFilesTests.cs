using Bookinfo.Mesh.Istio;

namespace Bookinfo.Tests.Istio;

/// <summary>What <c>kustomize build</c> takes from other folders (https://kubectl.docs.kubernetes.io/references/kustomize/).</summary>
public sealed class KustomizedFilesTests : IDisposable
{
    private const string Rule = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: orders, namespace: own}
        spec: {hosts: [orders], http: [{route: [{destination: {host: orders}}]}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-kustomize-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("resources: [../base]")]
    [InlineData("bases: [../base]")]
    [InlineData("resources: [../base/rule.yaml]")]
    [InlineData("components: [../base]")]
    public void Load_OverlayOfABase_LoadsTheBase(string kustomization)
    {
        Write("base/kustomization.yaml", "resources: [rule.yaml]");
        Write("base/rule.yaml", Rule);
        Write("base/other.yaml", Rule);
        Write("prod/kustomization.yaml", kustomization);

        Assert.Contains(RuleFiles.Load([At("prod")]), source => source.Name == At("base/rule.yaml") && source.Namespace is null);
        Assert.DoesNotContain(RuleFiles.Load([At("prod")]), source => source.Name == At("base/other.yaml"));
    }

    [Fact]
    public void Load_NestedKustomizations_TheOuterNamespaceCounts()
    {
        Write("base/kustomization.yaml", "namespace: inner\nresources: [rule.yaml]");
        Write("base/rule.yaml", Rule);
        Write("prod/kustomization.yaml", "namespace: prod\nresources: [../base]");

        var reading = RuleReader.Read(RuleFiles.Load([At("prod")]));
        Assert.Equal("prod", Assert.Single(reading.Rules.VirtualServices).Namespace);
        Assert.Equal("inner", Assert.Single(RuleReader.Read(RuleFiles.Load([At("base")])).Rules.VirtualServices).Namespace);
    }

    [Fact]
    public void Load_BaseOfTwoOverlays_IsInBothNamespaces()
    {
        Write("base/kustomization.yaml", "resources: [rule.yaml]");
        Write("base/rule.yaml", Rule);
        Write("dev/kustomization.yaml", "namespace: dev\nresources: [../base]");
        Write("prod/kustomization.yaml", "namespace: prod\nresources: [../base]");

        var reading = RuleReader.Read(RuleFiles.Load([_folder.FullName], recursive: true));
        Assert.Equal(["dev", "prod"], reading.Rules.VirtualServices.Select(rule => rule.Namespace).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("resources: [https://example.com/rules.yaml, github.com/a/b//c?ref=v1, missing]")]
    [InlineData("resources: [../prod]")]
    [InlineData("resources: {a: b}")]
    [InlineData("- a")]
    [InlineData("a: [b")]
    public void Load_KustomizationThatNamesNothingHere_IsLoadedByItself(string kustomization)
    {
        Write("prod/kustomization.yaml", kustomization);
        Assert.Equal(At("prod/kustomization.yaml"), Assert.Single(RuleFiles.Load([At("prod")])).Name);
    }

    /// <summary>A file that is named by itself is meant by itself.</summary>
    [Fact]
    public void Load_NamedFile_IsNotFollowed()
    {
        Write("base/rule.yaml", Rule);
        Write("prod/kustomization.yaml", "namespace: prod\nresources: [../base/rule.yaml]");
        Assert.Equal(At("prod/kustomization.yaml"), Assert.Single(RuleFiles.Load([At("prod/kustomization.yaml")])).Name);
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }
}
