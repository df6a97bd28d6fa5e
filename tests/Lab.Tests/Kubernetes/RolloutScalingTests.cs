using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>Canaries that say how many pods they have, where Deployments run them.</summary>
public sealed class RolloutScalingTests : IClassFixture<LabWithKubectl>
{
    private const string Routing = "trafficRouting: {istio: {virtualService: {name: reviews-delivery, routes: [primary]}, "
        + "destinationRule: {name: reviews-delivery, canarySubsetName: canary, stableSubsetName: stable}}}";

    private readonly LabWithKubectl _lab;

    public RolloutScalingTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task SetCanaryScale_WithoutATemplate_ScalesTheDeploymentsOfTheReleases()
    {
        await _lab.TypeAsync("apply -f -", Rollout("replicas: 2", "{setCanaryScale: {replicas: 3}}, {setWeight: 20}, {pause: {}}"));

        await _lab.HasAsync("deploy reviews-v3", "{.spec.replicas} {.status.readyReplicas}", "3 3");
        await _lab.HasAsync("deploy reviews-v1", "{.spec.replicas} {.status.readyReplicas}", "2 2");
        await _lab.HasAsync("ro reviews", "{.status.phase} {.status.currentStepIndex} {.status.canary.weights.canary.weight}", "Paused 2 20");
        Assert.Equal("""{"stableReady":2,"stableWanted":2,"canaryReady":3,"canaryWanted":3}""",
            (await StateAsync())["canary"]!["pods"]!.ToJsonString());

        await _lab.TypeAsync("patch ro reviews --subresource=status --type=merge -p '{\"status\":{\"abort\":true}}'");
        await _lab.HasAsync("deploy reviews-v3", "{.spec.replicas} {.status.readyReplicas}", "1 1");
        await _lab.HasAsync("deploy reviews-v1", "{.spec.replicas} {.status.readyReplicas}", "1 1");
        await _lab.TypeAsync("delete ro reviews");
    }

    /// <summary>A Rollout of reviews with these steps, and more under <c>spec</c>.</summary>
    public static string Rollout(string spec, string steps) =>
        "apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: reviews, labels: {version: v3}}\n"
        + $"spec: {{{spec}, strategy: {{canary: {{{Routing}, steps: [{steps}]}}}}}}\n";

    private async Task<JsonNode> StateAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return (await http.GetFromJsonAsync<JsonNode>($"http://{_lab.Lab.Mesh.Console}/api/canary",
            TestContext.Current.CancellationToken))!;
    }
}
