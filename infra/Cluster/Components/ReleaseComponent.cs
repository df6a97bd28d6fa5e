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
    public ReleaseComponent(DeploymentContext context, Resource parent, BookService service, Release release, Database? database)
        : base("bookinfo:cluster:Release", service.WorkloadName(release), new ComponentResourceOptions { Parent = parent })
    {
        var name = service.WorkloadName(release);
        var settings = context.Settings;
        var spec = new DeploymentSpecArgs
        {
            Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(service, release) },
            Template = ReleasePod.Of(service, release, settings),
            RevisionHistoryLimit = 3,
            Strategy = new DeploymentStrategyArgs
            {
                Type = "RollingUpdate",
                RollingUpdate = new RollingUpdateDeploymentArgs { MaxSurge = 1, MaxUnavailable = 0 },
            },
        };
        if (!settings.Scale.Autoscale)
        {
            // Where the autoscaler owns the number, saying one here would undo its work at every update.
            spec.Replicas = settings.Scale.ReplicasOf(service, release);
        }

        var after = release.NeedsDatabase && database is not null ? [.. context.MeshReady, database.Server] : context.MeshReady;
        _ = new KubernetesDeployment(name, new DeploymentArgs { Metadata = context.Meta(name, Labels.Of(service, release)), Spec = spec }, ChildOptions.Of(this, after));
        _ = Availability.Budget(context, this, name, service.Name, Labels.Select(service, release));
        if (settings.Scale.Autoscale)
        {
            _ = Availability.Autoscaler(context, this, name, service.Name, "apps/v1", "Deployment", settings.Scale.ReplicasOf(service, release));
        }

        RegisterOutputs();
    }
}
