using System.Text.Json.Nodes;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Canaries that the console started, as the objects that <c>kubectl apply</c> would have made of the same text.</summary>
/// <param name="store">The objects.</param>
/// <param name="topology">The namespace of objects that name none.</param>
/// <param name="objects">The clock of new objects.</param>
internal sealed class ConsoleRollouts(ObjectStore store, ServiceTopology topology, WorkloadObjects objects)
{
    /// <summary>Keeps the Rollout and the templates of a text.</summary>
    /// <param name="plan">What was made of it.</param>
    /// <param name="text">The text.</param>
    /// <returns>The Rollout as it is kept.</returns>
    public JsonObject Put(RolloutPlan plan, RuleSource text)
    {
        JsonObject? rollout = null;
        foreach (var content in YamlText.ReadAll(text.Text).OfType<JsonObject>())
        {
            var kind = ArgoKinds.All.FirstOrDefault(known => known.Kind == content.Text("kind")
                && known.ApiVersion == content.Text("apiVersion"));
            if (kind is null)
            {
                continue;
            }

            if (ReferenceEquals(kind, ArgoKinds.Rollout))
            {
                content.Metadata().Section("labels")[RolloutPlanner.VersionLabel] = plan.Releases.To;
                (content["spec"] as JsonObject)?.Remove("template");
                rollout = Put(kind, content);
            }
            else
            {
                Put(kind, content);
            }
        }

        return rollout ?? throw new ArgumentException("there is no Rollout in the text", nameof(text));
    }

    private JsonObject Put(ResourceDefinition kind, JsonObject content)
    {
        var metadata = content.Metadata();
        if (kind.IsNamespaced)
        {
            metadata["namespace"] = content.Text("metadata", "namespace") ?? topology.Namespace;
        }

        var before = store.Find(kind, content.Namespace(), content.Name())?.Content;
        metadata["uid"] = before?.Uid() ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = before.Text("metadata", "creationTimestamp") ?? objects.Now();
        metadata["generation"] = (before.Number("metadata", "generation") ?? 0) + 1;
        return store.Put(kind, content).Content;
    }
}
