using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>Takes writes of Deployments, ReplicaSets and Pods; the controller makes of them what runs.</summary>
/// <param name="inner">Keeps them.</param>
/// <param name="lifecycle">Ends pods.</param>
/// <param name="changed">Called after each write.</param>
internal sealed class WorkloadBackend(IResourceBackend inner, PodLifecycle lifecycle, Action changed) : IResourceBackend
{
    /// <inheritdoc/>
    public WriteResult Write(ResourceWrite write)
    {
        if (write.After is { } after)
        {
            Check(write, after);
        }

        var isPodEnd = write.After is null && ReferenceEquals(write.Resource, KubernetesKinds.Pod);
        var result = !isPodEnd || write.IsDryRun ? inner.Write(write)
            : new WriteResult(lifecycle.Mark(write.Namespace, write.Name) ?? throw ApiException.NotFound("pods", write.Name));
        changed();
        return result;
    }

    private void Check(ResourceWrite write, JsonObject after)
    {
        if (ReferenceEquals(write.Resource, KubernetesKinds.Pod))
        {
            if (write.Before is null)
            {
                RequireContainers(write, "spec", after["spec"]);
                lifecycle.Prepare(after);
            }
            else if (!JsonNode.DeepEquals(write.Before.Content["spec"], after["spec"]))
            {
                throw ApiException.Forbidden("pods", write.Name,
                    "the Lab does not change a pod that runs; delete it and make another, or change its Deployment");
            }

            return;
        }

        if (after.Number("spec", "replicas") is > PodPlan.MaxReplicas or < 0)
        {
            throw ApiException.Invalid(write.Resource.Kind, write.Name, "spec.replicas",
                $"Invalid value: {after.Number("spec", "replicas")}: the Lab runs 0 to {PodPlan.MaxReplicas} pods of each");
        }

        if (after.Items("spec", "selector", "matchExpressions").Any())
        {
            throw ApiException.Invalid(write.Resource.Kind, write.Name, "spec.selector.matchExpressions",
                "Invalid value: the Lab selects pods by matchLabels only");
        }

        var labels = after.Texts("spec", "template", "metadata", "labels");
        var selector = after.Texts("spec", "selector", "matchLabels");
        if (selector.Count == 0 || selector.Any(label => labels.GetValueOrDefault(label.Key) != label.Value))
        {
            throw ApiException.Invalid(write.Resource.Kind, write.Name, "spec.template.metadata.labels",
                "Invalid value: `selector` does not match template `labels`");
        }

        if (write.Before is { } before && !JsonNode.DeepEquals(before.Content.At("spec", "selector"), after.At("spec", "selector")))
        {
            throw ApiException.Invalid(write.Resource.Kind, write.Name, "spec.selector", "Invalid value: field is immutable");
        }

        RequireContainers(write, "spec.template.spec", after.At("spec", "template", "spec"));
    }

    /// <summary>A pod has a container, and each a name and an image (<c>pkg/apis/core/validation/validation.go</c>).</summary>
    private static void RequireContainers(ResourceWrite write, string path, JsonNode? spec)
    {
        var containers = spec.Items("containers").ToList();
        var missing = containers.Count == 0 ? "containers" : containers.Select((container, at) =>
            container.Text("name") is not { Length: > 0 } ? $"containers[{at}].name"
            : container.Text("image") is not { Length: > 0 } ? $"containers[{at}].image" : null).FirstOrDefault(field => field is not null);
        if (missing is not null)
        {
            throw ApiException.Invalid(write.Resource.Kind, write.Name, $"{path}.{missing}", "Required value");
        }
    }
}
