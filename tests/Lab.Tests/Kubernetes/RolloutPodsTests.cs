namespace Bookinfo.Tests.Lab.Kubernetes;

/// <summary>A Rollout that has a pod template, and so pods of its own.</summary>
public sealed class RolloutPodsTests : IClassFixture<LabWithKubectl>
{
    private const string Steps = "{setCanaryScale: {replicas: 1}}, {setWeight: 10}, {pause: {}}, {setCanaryScale: {weight: 50}}, {pause: {}}";

    private readonly LabWithKubectl _lab;

    public RolloutPodsTests(LabWithKubectl lab)
    {
        LabWithKubectl.RequireKubectl();
        _lab = lab;
    }

    [Fact]
    public async Task Steps_OfARolloutWithATemplate_FollowItsReplicaSets()
    {
        await _lab.TypeAsync("delete deploy reviews-v1 reviews-v2 reviews-v3");
        await _lab.TypeAsync("apply -f -", RolloutScalingTests.Rollout(Template("v1"), Steps));
        await _lab.HasAsync("ro reviews", "{.status.phase} {.status.readyReplicas}", "Healthy 4");

        await _lab.TypeAsync("apply -f -", RolloutScalingTests.Rollout(Template("v3"), Steps));
        await _lab.HasAsync("ro reviews", "{.status.currentStepIndex} {.status.updatedReplicas} {.status.readyReplicas}", "2 1 5");

        await _lab.TypeAsync("patch ro reviews --subresource=status --type=merge -p '{\"status\":{\"pauseConditions\":null}}'");
        await _lab.HasAsync("ro reviews", "{.status.currentStepIndex} {.status.updatedReplicas} {.status.readyReplicas}", "4 2 6");

        await _lab.TypeAsync("patch ro reviews --subresource=status --type=merge -p '{\"status\":{\"pauseConditions\":null}}'");
        await _lab.HasAsync("ro reviews", "{.status.phase} {.status.updatedReplicas} {.status.readyReplicas}", "Healthy 4 4");
    }

    private static string Template(string version) => "replicas: 4, selector: {matchLabels: {app: reviews}}, template: {metadata: "
        + $"{{labels: {{app: reviews, version: {version}}}}}, spec: {{containers: [{{name: reviews, image: 'bookinfo/reviews:lab', "
        + "ports: [{name: http, containerPort: 9080}]}]}}";
}
