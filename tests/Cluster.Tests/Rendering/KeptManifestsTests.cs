using Bookinfo.Cluster.Rendering;
using Bookinfo.Cluster.Settings;
using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Cluster.Rendering;

/// <summary>The manifests in <c>infra/manifests</c>, which the Lab is tried with, are what this program renders.</summary>
[Collection(nameof(OneAfterAnother))]
public sealed class KeptManifestsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bookinfo-manifests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task KindIstio_RenderedAgain_IsTheSame()
    {
        var kept = new DirectoryInfo(Repository.PathOf("infra", "manifests", "kind-istio"));
        foreach (var file in kept.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(_folder.FullName, file.Name));
        }

        var rendering = await Renderer.RenderAsync(StackConfiguration.Of(
            Repository.PathOf("infra", "Cluster", "Pulumi.kind.yaml"),
            ["mesh:kind=istio", "exposure:kinds=nodeport,istio", "canary:reviews=v1=90,v3=10"]));
        new ManifestFolder(_folder).Write(rendering.Resources);

        Assert.Equal(Texts(_folder), Texts(kept));
    }

    /// <summary>Only the routes, which the Lab applies to its own services.</summary>
    [Fact]
    public async Task KindLinkerd_RoutesRenderedAgain_AreTheSame()
    {
        var rendering = await Renderer.RenderAsync(StackConfiguration.Of(
            Repository.PathOf("infra", "Cluster", "Pulumi.kind.yaml"),
            ["mesh:kind=linkerd", "exposure:kinds=gateway-api", "exposure:gatewayClass=istio", "canary:reviews=v1=90,v3=10"]));
        new ManifestFolder(_folder).Write(rendering.Resources);

        var kept = Texts(new DirectoryInfo(Repository.PathOf("infra", "manifests", "kind-linkerd")));
        Assert.Equal(kept, Texts(_folder, file => file.Contains("route-", StringComparison.Ordinal)
            || file.Contains("-gateway-", StringComparison.Ordinal)));
    }

    private static SortedDictionary<string, string> Texts(DirectoryInfo folder, Func<string, bool>? isKept = null) => new(
        folder.EnumerateFiles().Where(file => isKept?.Invoke(file.Name) != false)
            .ToDictionary(file => file.Name, file => File.ReadAllText(file.FullName)),
        StringComparer.Ordinal);
}
