using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Autoscaling.V2;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Autoscaling.V2;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Bookinfo.Cluster.Components;

/// <summary>What keeps a workload's pods there: the budget for planned disruptions, and the autoscaler.</summary>
internal static class Availability
{
    /// <summary>
    /// The annotation by which an update takes fields over that others write, as Pulumi needs for the number of pods after an autoscaler
    /// had it.
    /// </summary>
    public static InputMap<string> TakesOver => new() { ["pulumi.com/patchForce"] = "true" };

    /// <summary>
    /// Leaves the number of pods to the autoscaler where there is one. The number is said all the same: a field that is not applied any
    /// more falls back to one pod until the autoscaler has looked (kubernetes.io, "Horizontal Pod Autoscaling", migrating Deployments).
    /// </summary>
    public static CustomResourceOptions WithNumberOfPods(this CustomResourceOptions options, ScaleSettings scale)
    {
        if (scale.Autoscale)
        {
            options.IgnoreChanges.Add("spec.replicas");
        }

        return options;
    }

    /// <summary>
    /// At most one pod away at a time. Not "at least one there": for a single pod that would stop every node from being drained.
    /// </summary>
    public static PodDisruptionBudget Budget(DeploymentContext context, Resource parent, string name, string app,
        InputMap<string> selector) =>
        new(name, new PodDisruptionBudgetArgs
        {
            Metadata = context.Meta(name, app),
            Spec = new PodDisruptionBudgetSpecArgs
            {
                MaxUnavailable = 1,
                Selector = new LabelSelectorArgs { MatchLabels = selector },
                // A pod that is broken anyway must not keep its node from being drained.
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
            },
        }, ChildOptions.Of(parent));

    /// <summary>As many pods as their CPU asks for.</summary>
    public static HorizontalPodAutoscaler Autoscaler(DeploymentContext context, Resource parent, string name, string app, string apiVersion,
        string kind, int least)
    {
        var scale = context.Settings.Scale;
        return new HorizontalPodAutoscaler(name, new HorizontalPodAutoscalerArgs
        {
            Metadata = context.Meta(name, app),
            Spec = new HorizontalPodAutoscalerSpecArgs
            {
                ScaleTargetRef = new CrossVersionObjectReferenceArgs { ApiVersion = apiVersion, Kind = kind, Name = name },
                MinReplicas = least,
                MaxReplicas = Math.Max(least, scale.MaxReplicas),
                Metrics =
                {
                    // The container's own use: a sidecar's would blur it.
                    new MetricSpecArgs
                    {
                        Type = "ContainerResource",
                        ContainerResource = new ContainerResourceMetricSourceArgs
                        {
                            Name = "cpu",
                            Container = app,
                            Target = new MetricTargetArgs { Type = "Utilization", AverageUtilization = scale.CpuPercent },
                        },
                    },
                },
            },
        }, ChildOptions.Of(parent));
    }
}
