using Bookinfo.Cluster.Rendering;
using Bookinfo.Cluster.Settings;
using Bookinfo.Tests.Cluster.Support;
using Bookinfo.Tests.Support;

namespace Bookinfo.Tests.Cluster.Rendering;

/// <summary>
/// The manifests as a real API server takes them, in a namespace of their own that goes away again. Runs where <c>KUBECONFIG</c> names a
/// cluster; the CRDs of Istio, the Gateway API and Argo Rollouts must be there for the stacks that use them.
/// </summary>
[Collection(nameof(OneAfterAnother))]
public sealed class ServerSideApplyTests
{
    [Theory]
    [InlineData("plain", "exposure:kinds=nodeport,loadbalancer,ingress")]
    [InlineData("gateway", "exposure:kinds=gateway-api")]
    [InlineData("istio", "mesh:kind=istio exposure:kinds=nodeport,istio canary:reviews=v1=90,v3=10 telemetry:kind=collector")]
    [InlineData("argo", "mesh:kind=istio exposure:kinds=istio delivery:reviews=v3")]
    [InlineData("linkerd", "mesh:kind=linkerd exposure:kinds=gateway-api")]
    public async Task Apply_ToARealServer_IsTakenWithoutAWarning(string name, string config)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG")))
        {
            Assert.Skip("KUBECONFIG names no cluster: the manifests were not shown to a real API server");
        }

        var folder = Directory.CreateTempSubdirectory("bookinfo-apply-");
        var space = $"bookinfo-test-{name}";
        try
        {
            var rendering = await Renderer.RenderAsync(
                StackConfiguration.Of(null, [$"bookinfo:namespace={space}", "exposure:nodePort=32679", .. config.Split(' ')]));
            new ManifestFolder(folder).Write(rendering.Resources);
            var (code, output, error) = await KubectlAsync("apply", "--server-side", "--validate=strict", "--filename", folder.FullName);
            if (error.Contains("no matches for kind", StringComparison.Ordinal))
            {
                Assert.Skip($"the cluster lacks CRDs: {error}");
            }

            Assert.True(code == 0, error);
            // Pod Security and deprecated fields only warn.
            Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
            Assert.Equal(rendering.Resources.Count(resource => resource.IsManifest),
                output.Split('\n').Count(line => line.EndsWith("serverside-applied", StringComparison.Ordinal)));
        }
        finally
        {
            await KubectlAsync("delete", "namespace", space, "--ignore-not-found", "--wait=true");
            folder.Delete(recursive: true);
        }
    }

    private static Task<(int Code, string Output, string Error)> KubectlAsync(params string[] arguments) =>
        ChildProcess.RunAsync("kubectl", arguments);
}
