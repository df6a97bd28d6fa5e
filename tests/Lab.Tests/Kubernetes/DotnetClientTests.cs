using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Kubernetes' own client for .NET against the Lab.</summary>
public sealed class DotnetClientTests(LabWithKubectl lab) : IClassFixture<LabWithKubectl>
{
    private const string Group = "networking.istio.io";
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_Pods_AreTyped()
    {
        using var client = Client();

        var pods = await client.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=reviews", cancellationToken: Cancellation);

        Assert.Equal(["reviews-v1-1", "reviews-v2-1", "reviews-v3-1"], pods.Items.Select(pod => pod.Metadata.Name));
        Assert.All(pods.Items, pod => Assert.Equal("Running", pod.Status.Phase));
    }

    [Fact]
    public async Task CreateReadDelete_ConfigMap_GoesRound()
    {
        using var client = Client();
        var map = new V1ConfigMap
        {
            Metadata = new V1ObjectMeta { Name = "dotnet" },
            Data = new Dictionary<string, string> { ["a"] = "b" },
        };

        await client.CoreV1.CreateNamespacedConfigMapAsync(map, "default", cancellationToken: Cancellation);
        var read = await client.CoreV1.ReadNamespacedConfigMapAsync("dotnet", "default", cancellationToken: Cancellation);
        await client.CoreV1.DeleteNamespacedConfigMapAsync("dotnet", "default", cancellationToken: Cancellation);

        Assert.Equal("b", read.Data["a"]);
        var gone = await Assert.ThrowsAsync<HttpOperationException>(
            () => client.CoreV1.ReadNamespacedConfigMapAsync("dotnet", "default", cancellationToken: Cancellation));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [Fact]
    public async Task Patch_Rule_ComesIntoForceAndIsSeenByAWatch()
    {
        using var client = Client();
        var seen = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var list = (JsonElement)await client.CustomObjects.ListNamespacedCustomObjectAsync(Group, "v1", "default", "virtualservices",
            cancellationToken: Cancellation);
        var revision = list.GetProperty("metadata").GetProperty("resourceVersion").GetString();
        var watching = Task.Run(async () =>
        {
            await foreach (var (type, item) in client.CustomObjects.WatchListNamespacedCustomObjectAsync(Group, "v1", "default",
                "virtualservices", resourceVersion: revision, cancellationToken: Cancellation))
            {
                Assert.Equal(WatchEventType.Modified, type);
                seen.SetResult((JsonElement)item);
                return;
            }
        }, Cancellation);
        var patch = new V1Patch(
            """{"spec":{"http":[{"route":[{"destination":{"host":"reviews","subset":"v2"}}]}]}}""", V1Patch.PatchType.MergePatch);

        await client.CustomObjects.PatchNamespacedCustomObjectAsync(patch, Group, "v1", "default", "virtualservices", "reviews",
            cancellationToken: Cancellation);

        var rule = await seen.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal("reviews", rule.GetProperty("metadata").GetProperty("name").GetString());
        Assert.Equal("reviews: all to v2", lab.Lab.Mesh.Rules.History[0].What);
        Assert.Equal("the Kubernetes API", lab.Lab.Mesh.Rules.History[0].By);
        await watching;
    }

    private k8s.Kubernetes Client() => new(KubernetesClientConfiguration.BuildConfigFromConfigFile(lab.Kubeconfig));
}
