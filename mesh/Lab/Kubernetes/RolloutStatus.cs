using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The status of a Rollout (argo-rollouts <c>pkg/apis/rollouts/v1alpha1/types.go: RolloutStatus</c>). Where a Rollout has no pods of its
/// own, the version label stands for the pod template's hash.
/// </summary>
/// <param name="objects">The clock of conditions.</param>
/// <param name="analyses">The names of analyses.</param>
internal sealed class RolloutStatus(WorkloadObjects objects, AnalysisRunObjects analyses)
{
    private const string True = "True";
    private const string False = "False";
    private const string Progressing = "Progressing";

    /// <summary>The status while there is nothing to do: one release has all the traffic.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="hash">The hash of that release.</param>
    public JsonObject Stable(JsonObject rollout, string hash)
    {
        var status = Common(rollout, hash, hash, RolloutPhase.Healthy, "", null);
        status["currentStepIndex"] = Steps(rollout);
        return status;
    }

    /// <summary>The status before a canary can start, or where it cannot.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="stable">The hash of the release that has the traffic.</param>
    /// <param name="hash">The hash of the release that is to come.</param>
    /// <param name="message">What it waits for, or what is wrong.</param>
    /// <param name="isInvalid">Whether something is wrong.</param>
    public JsonObject Waiting(JsonObject rollout, string stable, string hash, string message, bool isInvalid)
    {
        var status = Common(rollout, stable, hash, isInvalid ? RolloutPhase.Degraded : RolloutPhase.Progressing,
            isInvalid ? $"InvalidSpec: {message}" : message, isInvalid ? message : null);
        status["currentStepIndex"] = 0;
        return status;
    }

    /// <summary>The status of a canary under way, or of one that has ended.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="stable">The hash of the release that had the traffic before.</param>
    /// <param name="hash">The hash of the release that comes.</param>
    /// <param name="run">The canary.</param>
    public JsonObject Of(JsonObject rollout, string stable, string hash, RolloutRun run)
    {
        var message = run.IsAborted ? $"RolloutAborted: {run.Message}"
            : run.PauseReasons.Count > 0 ? run.PauseReasons[0].ToString() : run.Message;
        var status = Common(rollout, run.IsPromoted ? hash : stable, hash, run.Phase, message, null);
        status["currentStepIndex"] = run.StepIndex;
        if (run.IsAborted)
        {
            status["abort"] = true;
            status["abortedAt"] = rollout.Text("status", "abortedAt") ?? objects.Now();
        }

        if (run.PauseReasons.Count > 0)
        {
            status["controllerPause"] = true;
            var before = rollout.Items("status", "pauseConditions").ToList();
            status["pauseConditions"] = new JsonArray([.. run.PauseReasons.Where(reason => reason != PauseReason.User)
                .Select(reason => before.Find(old => old.Text("reason") == reason.ToString())?.Copy()
                    ?? new JsonObject { ["reason"] = reason.ToString(), ["startTime"] = objects.Now() })]);
        }

        var canary = new JsonObject
        {
            ["weights"] = new JsonObject
            {
                ["canary"] = new JsonObject { ["weight"] = run.Weight, ["podTemplateHash"] = hash },
                ["stable"] = new JsonObject { ["weight"] = 100 - run.Weight, ["podTemplateHash"] = stable },
            },
        };
        Add(canary, "currentStepAnalysisRunStatus", run.StepRun);
        Add(canary, "currentBackgroundAnalysisRunStatus", run.BackgroundRun);
        status["canary"] = canary;
        return status;
    }

    private static int Steps(JsonObject rollout) => rollout.Items("spec", "strategy", "canary", "steps").Count();

    private void Add(JsonObject canary, string name, AnalysisRun? run)
    {
        if (run is not null)
        {
            canary[name] = new JsonObject
            {
                ["name"] = analyses.NameOf(run),
                ["status"] = run.Phase.ToString(),
                ["message"] = run.Message,
            };
        }
    }

    private JsonObject Common(
        JsonObject rollout, string stable, string hash, RolloutPhase phase, string message, string? invalid)
    {
        var isHealthy = phase == RolloutPhase.Healthy;
        JsonArray conditions =
        [
            Condition(rollout, "Healthy", isHealthy ? True : False, isHealthy ? "RolloutHealthy" : "RolloutNotHealthy", ""),
            Condition(rollout, "Completed", isHealthy ? True : False, isHealthy ? "RolloutCompleted" : "RolloutNotCompleted", ""),
            Condition(rollout, "Paused", phase == RolloutPhase.Paused ? True : False, "RolloutPaused", ""),
            phase switch
            {
                RolloutPhase.Healthy => Condition(rollout, Progressing, True, "NewReplicaSetAvailable", message),
                RolloutPhase.Paused => Condition(rollout, Progressing, "Unknown", "RolloutPaused", message),
                RolloutPhase.Degraded => Condition(rollout, Progressing, False, "RolloutAborted", message),
                _ => Condition(rollout, Progressing, True, "ReplicaSetUpdated", message),
            },
        ];
        if (invalid is not null)
        {
            conditions.Add(Condition(rollout, "InvalidSpec", True, "InvalidSpec", invalid));
        }

        return new JsonObject
        {
            ["phase"] = phase.ToString(),
            ["message"] = message,
            ["stableRS"] = stable,
            ["currentPodHash"] = hash,
            ["observedGeneration"] = (rollout.Number("metadata", "generation") ?? 1).ToString(CultureInfo.InvariantCulture),
            ["selector"] = string.Join(',',
                rollout.Texts("spec", "selector", "matchLabels").Select(label => $"{label.Key}={label.Value}")),
            ["conditions"] = conditions,
        };
    }

    private JsonObject Condition(JsonObject rollout, string type, string status, string reason, string message)
    {
        var before = rollout.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);
        var isSame = before.Text("status") == status && before.Text("reason") == reason && before.Text("message") == message;
        return new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message,
            ["lastUpdateTime"] = isSame ? before.Text("lastUpdateTime") : objects.Now(),
            ["lastTransitionTime"] = before.Text("status") == status ? before.Text("lastTransitionTime") : objects.Now(),
        };
    }
}
