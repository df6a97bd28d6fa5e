using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;

namespace Bookinfo.Mesh.KubernetesApi.Resources;

/// <summary>
/// A HorizontalPodAutoscaler in <c>autoscaling/v1</c>, which has a target for the CPU and no list of metrics, as <c>kubectl autoscale</c>
/// writes it (<c>pkg/apis/autoscaling/v1/conversion.go</c>). Metrics other than the CPU's are not in that version.
/// </summary>
internal sealed class AutoscalerConversion : IVersionConversion
{
    private const string OldVersion = "v1";
    private const string Target = "targetCPUUtilizationPercentage";

    /// <inheritdoc/>
    public void ToKept(JsonObject body, string version)
    {
        if (version == OldVersion && body["spec"] is JsonObject spec && spec.Number(Target) is { } percentage)
        {
            spec.Remove(Target);
            spec["metrics"] = new JsonArray(Cpu(percentage));
        }
    }

    /// <inheritdoc/>
    public void FromKept(JsonObject resource, string version)
    {
        if (version == OldVersion && resource["spec"] is JsonObject spec)
        {
            var cpu = spec.Items("metrics").FirstOrDefault(metric => metric.Text("resource", "name") == "cpu");
            spec.Remove("metrics");
            spec.Remove("behavior");
            if (cpu.Number("resource", "target", "averageUtilization") is { } percentage)
            {
                spec[Target] = percentage;
            }
        }
    }

    /// <summary>The metric of a target for the CPU.</summary>
    /// <param name="percentage">The share of what the pods ask for, in percent.</param>
    public static JsonObject Cpu(long percentage) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject
        {
            ["name"] = "cpu",
            ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = percentage },
        },
    };
}
