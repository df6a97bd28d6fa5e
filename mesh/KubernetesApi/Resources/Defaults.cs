using System.Text;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// Fields that an API server fills in where a client leaves them out (<c>pkg/apis/core/v1/defaults.go</c>,
/// <c>pkg/apis/apps/v1/defaults.go</c>, <c>pkg/apis/discovery/v1/defaults.go</c>, <c>pkg/apis/autoscaling/v2/defaults.go</c>), as far as
/// the Lab or <c>kubectl</c> goes by them.
/// </summary>
public static class Defaults
{
    /// <summary>Fills them in.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="body">The object; it is changed.</param>
    public static void Apply(ResourceDefinition resource, JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(body);
        switch (resource.Kind)
        {
            case "Deployment" or "ReplicaSet" when body["spec"] is JsonObject spec:
                Set(spec, "replicas", 1);
                OfPod(spec.At("template", "spec") as JsonObject);
                if (resource.Kind == "Deployment")
                {
                    Set(spec, "revisionHistoryLimit", 10);
                    Set(spec, "progressDeadlineSeconds", 600);
                    Set(spec.Section("strategy"), "type", "RollingUpdate");
                }

                break;
            case "Pod":
                OfPod(body["spec"] as JsonObject);
                break;
            case "Service" when body["spec"] is JsonObject spec:
                Set(spec, "type", "ClusterIP");
                Set(spec, "sessionAffinity", "None");
                if (spec.Text("sessionAffinity") == "ClientIP")
                {
                    Set(spec.Section("sessionAffinityConfig").Section("clientIP"), "timeoutSeconds", 10800);
                }

                foreach (var port in spec.Items("ports"))
                {
                    Set(port, "protocol", "TCP");
                    Set(port, "targetPort", port["port"]?.DeepClone());
                }

                break;
            case "EndpointSlice":
                foreach (var port in body.Items("ports"))
                {
                    Set(port, "name", "");
                    Set(port, "protocol", "TCP");
                }

                break;
            case "Secret":
                Set(body, "type", "Opaque");
                MoveTexts(body);
                break;
            case "HorizontalPodAutoscaler" when body["spec"] is JsonObject spec:
                Set(spec, "minReplicas", 1);
                Set(spec, "metrics", new JsonArray(AutoscalerConversion.Cpu(percentage: 80)));
                break;
            case "Namespace" when body.Text("metadata", "deletionTimestamp") is null:
                body.Section("spec")["finalizers"] = new JsonArray("kubernetes");
                body.Section("status")["phase"] = "Active";
                body.Metadata().Section("labels")["kubernetes.io/metadata.name"] = body.Name();
                break;
        }
    }

    /// <summary>What a Secret has as text becomes data (<c>core/v1/types.go: StringData</c>).</summary>
    private static void MoveTexts(JsonObject secret)
    {
        if (secret["stringData"] is JsonObject texts)
        {
            foreach (var (name, value) in texts)
            {
                secret.Section("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text() ?? ""));
            }

            secret.Remove("stringData");
        }
    }

    private static void OfPod(JsonObject? spec)
    {
        if (spec is null)
        {
            return;
        }

        Set(spec, "restartPolicy", "Always");
        Set(spec, "terminationGracePeriodSeconds", 30);
        foreach (var container in spec.Items("containers"))
        {
            Set(container, "imagePullPolicy", container.Text("image")?.EndsWith(":latest", StringComparison.Ordinal) == true ? "Always"
                : "IfNotPresent");
            foreach (var port in container.Items("ports"))
            {
                Set(port, "protocol", "TCP");
            }
        }
    }

    private static void Set(JsonObject owner, string name, JsonNode? value)
    {
        if (owner[name] is null && value is not null)
        {
            owner[name] = value;
        }
    }
}
