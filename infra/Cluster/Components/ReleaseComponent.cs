using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using KubernetesDeployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Bookinfo.Cluster.Components;

/// <summary>One release of a service: its pods, how many there are, and how many may be missing at once.</summary>
internal sealed class ReleaseComponent : ComponentResource
{
    /// <summary>Creates the release.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="parent">The component of the service.</param>
    /// <param name="service">The service.</param>
    /// <param name="release">The release.</param>
    /// <param name="after">What its pods cannot start without.</param>
    public ReleaseComponent(DeploymentContext context, Resource parent, BookService service, Release release, IReadOnlyList<Resource> after)
        : base("bookinfo:cluster:Release", service.WorkloadName(release), new ComponentResourceOptions { Parent = parent })
    {
        var name = service.WorkloadName(release);
        var settings = context.Settings;
        var spec = new DeploymentSpecArgs
        {
            Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(service, release) },
            Template = ReleasePod.Of(service, release, settings),
            Replicas = settings.Scale.ReplicasOf(service, release),
            RevisionHistoryLimit = 3,
            Strategy = new DeploymentStrategyArgs
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeploymentArgs { MaxSurge = 1, MaxUnavailable = 0 },
            },
        };
        Workload = new KubernetesDeployment(name, new DeploymentArgs
        {
            Metadata = context.Meta(name, Labels.Of(service, release), Availability.TakesOver),
            Spec = spec,
        }, ChildOptions.Of(this, after).WithNumberOfPods(settings.Scale));
        _ = Availability.Budget(context, this, name, service.Name, Labels.Select(service, release));
        if (settings.Scale.Autoscale)
        {
            _ = Availability.Autoscaler(context, this, name, service.Name, "apps/v1", "Deployment",
                settings.Scale.ReplicasOf(service, release));
        }

        RegisterOutputs();
    }

    /// <summary>What runs the pods.</summary>
    public Resource Workload { get; }
}
