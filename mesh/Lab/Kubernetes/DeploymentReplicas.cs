using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Scaling;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>
/// The pods of releases that Deployments run. A canary without pods of its own scales those of its two releases. When it is over, the
/// Deployments have as many as before, but that of a promoted release, which keeps all.
/// </summary>
internal sealed class DeploymentReplicas : IReplicas
{
    private readonly ObjectStore _store;
    private readonly string _namespace;
    private readonly Releases _releases;
    private readonly ReplicaCounts _before;

    /// <summary>Looks at how many there are before the canary.</summary>
    /// <param name="store">The objects.</param>
    /// <param name="namespace">The namespace of the Deployments.</param>
    /// <param name="plan">The canary.</param>
    public DeploymentReplicas(ObjectStore store, string @namespace, RolloutPlan plan)
    {
        (_store, _namespace, _releases) = (store, @namespace, plan.Releases);
        _before = new ReplicaCounts(Count(plan.Releases.From), Count(plan.Releases.To));
        Total = plan.Rollout.Replicas ?? Math.Max(1, _before.Stable);
    }

    /// <inheritdoc/>
    public int Total { get; }

    /// <inheritdoc/>
    public ReplicaCounts Ready => new(CountReady(_releases.From), CountReady(_releases.To));

    /// <inheritdoc/>
    public void Scale(ReplicaCounts wanted)
    {
        Scale(_releases.From, wanted.Stable);
        Scale(_releases.To, wanted.Canary);
    }

    /// <inheritdoc/>
    public void End(bool isPromoted) => Scale(_before with { Canary = isPromoted ? Total : _before.Canary });

    private int Count(string version) => (int)Deployments(version).Sum(deployment => deployment.Number("spec", "replicas") ?? 1);

    private int CountReady(string version) => _store.All(KubernetesKinds.Pod).Select(found => found.Content).Count(pod =>
        pod.Namespace() == _namespace && IsOf(pod.At("metadata", "labels"), version) && EndpointObjects.IsReady(pod));

    private void Scale(string version, int replicas)
    {
        if (Deployments(version).FirstOrDefault() is { } deployment)
        {
            _store.Update(KubernetesKinds.Deployment, _namespace, deployment.Name(), current =>
            {
                if (current.Number("spec", "replicas") != replicas)
                {
                    current["spec"]!["replicas"] = replicas;
                    current.Metadata()["generation"] = (current.Number("metadata", "generation") ?? 0) + 1;
                }
            });
        }
    }

    private IEnumerable<JsonObject> Deployments(string version) => _store.All(KubernetesKinds.Deployment).Select(found => found.Content)
        .Where(deployment => deployment.Namespace() == _namespace
            && IsOf(deployment.At("spec", "template", "metadata", "labels"), version));

    private bool IsOf(JsonNode? labels, string version) =>
        labels.Text("app") == _releases.Service && labels.Text("version") == version;
}
