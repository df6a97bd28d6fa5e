using System.Globalization;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Rollouts.Analysis;
using Bookinfo.Mesh.Rollouts.Control;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The analyses of a canary as AnalysisRuns (argo-rollouts <c>rollout/analysis.go: newAnalysisRunFromRollout</c>,
/// <c>pkg/apis/rollouts/v1alpha1/analysis_types.go</c>). Names, labels and fields are Argo's; conditions and queries have their arguments
/// filled in.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="objects">The clock.</param>
/// <param name="tell">Notes what happened to an object: the reason in a word, and a message.</param>
internal sealed class AnalysisRunObjects(ObjectStore store, WorkloadObjects objects, Action<JsonObject, string, string> tell)
{
    /// <summary>How many of each outcome are kept (<c>utils/defaults/defaults.go: DefaultAnalysisRunSuccessfulHistoryLimit</c>).</summary>
    private const int Kept = 5;

    private const string Hash = "rollouts-pod-template-hash";

    private const string Revision = "rollout.argoproj.io/revision";

    /// <summary>Their names; an analysis that is forgotten takes its name with it.</summary>
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<AnalysisRun, string> _names = [];

    /// <summary>Describes the analyses of a canary, while nothing changes them.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="hash">The hash of the release that comes.</param>
    /// <param name="revision">How many releases of the Rollout there have been, with this one.</param>
    /// <param name="run">The canary.</param>
    /// <returns>Their objects, for <see cref="Put"/>.</returns>
    public IReadOnlyList<JsonObject> Describe(JsonObject rollout, string hash, int revision, RolloutRun run) =>
        [.. run.Analyses.Select(started => Describe(rollout, hash, revision, started))];

    /// <summary>The name of an analysis that has been described.</summary>
    /// <param name="run">The analysis.</param>
    public string NameOf(AnalysisRun run) => _names.TryGetValue(run, out var name) ? name : run.Plan.Name;

    /// <summary>Keeps them as they stand now, and tells the Rollout what is new.</summary>
    /// <param name="rollout">The Rollout.</param>
    /// <param name="described">The objects.</param>
    public void Put(JsonObject rollout, IReadOnlyList<JsonObject> described)
    {
        foreach (var (at, wanted) in described.Index())
        {
            var before = store.Find(ArgoKinds.AnalysisRun, wanted.Namespace(), wanted.Name())?.Content;
            if (before is null && at < described.Count - Kept)
            {
                // Somebody deleted it, or it was one of too many.
                continue;
            }

            if (before is null)
            {
                store.Put(ArgoKinds.AnalysisRun, wanted);
            }
            else
            {
                store.Update(ArgoKinds.AnalysisRun, wanted.Namespace(), wanted.Name(),
                    current => current["status"] = wanted["status"]!.DeepClone());
            }

            if (before.Text("status", "phase") != wanted.Text("status", "phase"))
            {
                var kind = wanted.Text("metadata", "labels", "rollout-type") == "Step" ? "Step" : "Background";
                tell(rollout, $"AnalysisRun{wanted.Text("status", "phase")}", $"{kind} Analysis Run '{wanted.Name()}' Status New: "
                    + $"'{wanted.Text("status", "phase")}' Previous: '{before.Text("status", "phase") ?? "NoPreviousStatus"}'");
            }
        }

        Forget(rollout);
    }

    private JsonObject Describe(JsonObject rollout, string hash, int revision, StartedAnalysis started)
    {
        var (run, step) = (started.Run, started.Step);
        var labels = new JsonObject { [Hash] = hash, ["rollout-type"] = step is null ? "Background" : "Step" };
        if (step is { } index)
        {
            labels["step-index"] = index.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in rollout.Texts("spec", "selector", "matchLabels"))
        {
            labels[name] = value;
        }

        return new JsonObject
        {
            ["apiVersion"] = ArgoKinds.AnalysisRun.ApiVersion,
            ["kind"] = ArgoKinds.AnalysisRun.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = _names.GetValue(run, _ => FreeName(rollout, hash, revision, step)),
                ["namespace"] = rollout.Namespace(),
                ["uid"] = Guid.NewGuid().ToString(),
                ["creationTimestamp"] = Text(run.StartedAt),
                ["generation"] = 1,
                ["labels"] = labels,
                ["annotations"] = new JsonObject { [Revision] = revision.ToString(CultureInfo.InvariantCulture) },
                ["ownerReferences"] = new JsonArray(rollout.OwnerReference()),
            },
            ["spec"] = new JsonObject { ["metrics"] = new JsonArray([.. run.Plan.Metrics.Select(AnalysisRunFields.Metric)]) },
            ["status"] = AnalysisRunFields.Status(run),
        };
    }

    /// <summary><c>utils/analysis/factory.go: CreateWithCollisionCounter</c>.</summary>
    private string FreeName(JsonObject rollout, string hash, int revision, int? step)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{rollout.Name()}-{hash}-{revision}")
            + (step is { } index ? string.Create(CultureInfo.InvariantCulture, $"-{index}") : "");
        var free = name;
        for (var again = 1; store.Find(ArgoKinds.AnalysisRun, rollout.Namespace(), free) is not null; again++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}.{again}");
        }

        return free;
    }

    /// <summary>Of those that are over, the oldest go.</summary>
    private void Forget(JsonObject rollout)
    {
        var over = store.All(ArgoKinds.AnalysisRun).Select(found => found.Content)
            .Where(one => one.Namespace() == rollout.Namespace() && one.Text("status", "completedAt") is not null
                && one.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") == rollout.Uid()));
        foreach (var old in over.GroupBy(one => one.Text("status", "phase") == nameof(AnalysisPhase.Successful))
            .SelectMany(same => same.OrderByDescending(one => one.Text("status", "completedAt"), StringComparer.Ordinal).Skip(Kept)))
        {
            store.Remove(ArgoKinds.AnalysisRun, old.Namespace(), old.Name());
        }
    }

    private string Text(DateTimeOffset? at) => at is { } known ? AnalysisRunFields.Text(known) : objects.Now();
}
