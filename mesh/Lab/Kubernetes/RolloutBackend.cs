using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Rollouts.Control;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// Takes writes of Rollouts and AnalysisTemplates. The plugin <c>kubectl argo rollouts</c> steers a canary by patches of a Rollout's
/// <c>spec.paused</c> and <c>status</c> (argo-rollouts <c>pkg/kubectl-argo-rollouts/cmd/promote/promote.go</c>, <c>abort</c>,
/// <c>retry</c>, <c>pause</c>).
/// </summary>
/// <param name="inner">Keeps them.</param>
/// <param name="controller">Runs canaries.</param>
/// <param name="changed">Called after each write.</param>
internal sealed class RolloutBackend(IResourceBackend inner, RolloutController controller, Action changed) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        var (before, after) = (write.Before?.Content, write.After);
        if (before is null && NotMade(write.Resource) is { } reason)
        {
            throw ApiException.BadRequest($"admission webhook \"rollouts.argoproj.io\" denied the request: {reason}");
        }

        if (after is not null && !ReferenceEquals(write.Resource, ArgoKinds.AnalysisRun) && (before is null || !JsonNode.DeepEquals(before["spec"], after["spec"])))
        {
            RolloutTexts.Require(after);
        }

        var result = inner.Write(write);
        if (write.IsDryRun)
        {
            return result;
        }

        if (ReferenceEquals(write.Resource, ArgoKinds.Rollout) && before is not null)
        {
            Steer(before, after);
        }

        if (ReferenceEquals(write.Resource, ArgoKinds.AnalysisRun) && Is(after, "spec", "terminate"))
        {
            controller.Terminate(after!.Name());
        }

        changed();
        return result;
    }

    private void Steer(JsonObject before, JsonObject? after)
    {
        if (after is null)
        {
            controller.Steer(before, (run, now) => run.Abort(now, "the Rollout was deleted"));
            return;
        }

        if (Is(before, "spec", "paused") != Is(after, "spec", "paused"))
        {
            controller.Steer(after, (run, now) => run.SetPaused(now, Is(after, "spec", "paused")));
        }

        if (Is(after, "status", "promoteFull") && !Is(before, "status", "promoteFull"))
        {
            controller.Steer(after, (run, now) => run.Promote(now, full: true));
        }
        else if (Is(after, "status", "abort") != Is(before, "status", "abort"))
        {
            controller.Steer(after, (run, now) =>
            {
                if (Is(after, "status", "abort"))
                {
                    run.Abort(now);
                }
                else
                {
                    run.Retry(now);
                }
            });
        }
        else if ((before.Items("status", "pauseConditions").Any() && !after.Items("status", "pauseConditions").Any())
            || after.Number("status", "currentStepIndex") > before.Number("status", "currentStepIndex"))
        {
            var steps = after.Items("spec", "strategy", "canary", "steps").Count();
            var skipsAll = after.Number("status", "currentStepIndex") is { } index && index >= steps && steps > 0;
            controller.Steer(after, (run, now) => Promote(run, now, skipsAll));
        }
    }

    /// <summary><c>promote</c> goes on, and <c>promote --skip-all-steps</c> skips what is left; then come all pods and all traffic.</summary>
    private static void Promote(RolloutRun run, DateTimeOffset now, bool skipsAll)
    {
        if (skipsAll)
        {
            run.SkipAllSteps(now);
        }
        else
        {
            run.Promote(now);
        }
    }

    /// <summary>Why clients cannot make an object of a kind; null where they can.</summary>
    private static string? NotMade(ResourceDefinition kind) =>
        ReferenceEquals(kind, ArgoKinds.Experiment)
            ? "an Experiment is not run here: only the two releases of a canary take part; measure in a step: - analysis: {...}"
            : ReferenceEquals(kind, ArgoKinds.AnalysisRun)
                ? "an AnalysisRun is made by the canary of a Rollout here; write it as a step, - analysis: {...}" : null;

    private static bool Is(JsonObject? rollout, params ReadOnlySpan<string> path) =>
        rollout.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
