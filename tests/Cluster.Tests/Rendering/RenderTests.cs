using Bookinfo.Cluster.Rendering;
using Bookinfo.Cluster.Settings;
using Bookinfo.Tests.Cluster.Support;
using YamlDotNet.RepresentationModel;

namespace Bookinfo.Tests.Cluster.Rendering;

[Collection(nameof(OneAfterAnother))]
public sealed class RenderTests : IDisposable
{
    private readonly DirectoryInfo _folder = new(Path.Combine(Path.GetTempPath(), $"bookinfo-{Guid.NewGuid():N}"));

    public void Dispose()
    {
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Choices.Names), MemberType = typeof(Choices))]
    public async Task Write_EveryManifest_ReadsAgainAsItWas(string choice)
    {
        foreach (var manifest in (await Choices.DeployAsync(choice)).Manifests)
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(ManifestWriter.Write(new RegisteredResource(manifest.Type, manifest.Name, manifest.Inputs))));
            AssertSame(manifest.Tree, yaml.Documents.Single().RootNode, manifest.ToString());
        }
    }

    [Fact]
    public async Task Folder_ByName_ComesInAnOrderThatCanBeApplied()
    {
        var kinds = (await RenderAsync("mesh:kind=istio", "exposure:kinds=istio,nodeport")).Select(file => file.Name.Split('-')[1])
            .Distinct().ToList();
        Assert.Equal("namespace", kinds[0]);
        Assert.True(kinds.IndexOf("secret") < kinds.IndexOf("deployment"));
        Assert.True(kinds.IndexOf("service") < kinds.IndexOf("virtualservice"));
    }

    [Fact]
    public async Task Folder_RenderedAgain_KeepsSecretsAndDropsWhatIsGone()
    {
        var first = await RenderAsync();
        var secret = first.Single(file => file.Name.EndsWith("secret-ratings-db.yaml", StringComparison.Ordinal));
        var text = await File.ReadAllTextAsync(secret.FullName);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "kustomization.yaml"), "mine");

        var second = await RenderAsync("releases:catalog=none");
        Assert.Equal(text, await File.ReadAllTextAsync(secret.FullName));
        Assert.Contains(second, file => file.Name == "kustomization.yaml");
        var gone = first.Select(file => file.Name).Except(second.Select(file => file.Name)).ToList();
        Assert.NotEmpty(gone);
        Assert.All(gone, name => Assert.Contains("catalog", name, StringComparison.Ordinal));
        Assert.DoesNotContain(second, file => file.Name.Contains("catalog", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Annotations_ForPulumiAlone_AreNotWritten()
    {
        var files = await RenderAsync("exposure:kinds=gateway-api", "exposure:gatewayClass=x");
        Assert.All(files, file => Assert.DoesNotContain("pulumi.com", File.ReadAllText(file.FullName), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public async Task Folder_AnAutoscalerOwnsTheNumberOfPods_TheFilesDoNotSayIt(string auto, bool said)
    {
        var deployments = (await RenderAsync($"scale:auto={auto}"))
            .Where(file => file.Name.Contains("-deployment-", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(deployments);
        Assert.All(deployments, file =>
            Assert.Equal(said, File.ReadAllText(file.FullName).Contains("\n  replicas: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Render_AWrongValue_IsThePlainProblem() =>
        await Assert.ThrowsAsync<SettingsException>(() => Renderer.RenderAsync(StackConfiguration.Of(null, ["exposure:nodePort=80"])));

    private async Task<IReadOnlyList<FileInfo>> RenderAsync(params string[] config)
    {
        var rendering = await Renderer.RenderAsync(StackConfiguration.Of(null, config));
        new ManifestFolder(_folder).Write(rendering.Resources);
        return [.. _folder.EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    // What is a text must not read as a number or a truth, and the reverse.
    private static void AssertSame(Tree expected, YamlNode actual, string where)
    {
        switch (actual)
        {
            case YamlMappingNode map:
                var fields = expected.Fields.Where(field => !field.Key.StartsWith("pulumi.com/", StringComparison.Ordinal)).ToDictionary();
                Assert.Equal(fields.Keys.Order(StringComparer.Ordinal),
                    map.Children.Keys.Select(key => ((YamlScalarNode)key).Value!).Order(StringComparer.Ordinal));
                Assert.All(map.Children, pair => AssertSame(fields[((YamlScalarNode)pair.Key).Value!], pair.Value, $"{where}.{pair.Key}"));
                break;
            case YamlSequenceNode list:
                Assert.Equal(expected.Items.Count, list.Children.Count);
                Assert.All(list.Children, (item, index) => AssertSame(expected.Items[index], item, $"{where}[{index}]"));
                break;
            case YamlScalarNode scalar:
                Assert.Equal(expected.Text, expected.Value is bool ? scalar.Value == "true" ? "True" : "False" : scalar.Value);
                var looksLikeNoText = double.TryParse(scalar.Value, out _)
                    || scalar.Value is "true" or "false" or "null" or "~" or "" or "yes" or "no" or "on" or "off";
                Assert.True(expected.Value is not string || !looksLikeNoText || scalar.Style != YamlDotNet.Core.ScalarStyle.Plain,
                    $"{where}: {scalar.Value} reads as no text");
                break;
        }
    }
}
