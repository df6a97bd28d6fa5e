using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using KubernetesDeployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Bookinfo.Cluster.Components;

/// <summary>The resources that every helper of the system has, such as the collector: an identity, a name, one pod.</summary>
internal static class Helper
{
    /// <summary>Creates identity, name and pod.</summary>
    /// <param name="context">Where to.</param>
    /// <param name="parent">The component that they belong to.</param>
    /// <param name="app">The helper's name on the service network, and its <c>app</c> label.</param>
    /// <param name="ports">Its ports by name; a mesh learns the protocol from the name.</param>
    /// <param name="pod">Its pod, without what all pods have alike.</param>
    /// <param name="after">What must be there first.</param>
    public static void Create(DeploymentContext context, Resource parent, string app,
        IReadOnlyDictionary<string, int> ports, PodSpecArgs pod, params IEnumerable<Resource> after)
    {
        var account = new ServiceAccount(WellKnown.Account(app), new ServiceAccountArgs
        {
            Metadata = context.Meta(WellKnown.Account(app), app),
            AutomountServiceAccountToken = false,
        }, ChildOptions.Of(parent));
        pod.ServiceAccountName = WellKnown.Account(app);
        pod.AutomountServiceAccountToken = false;
        pod.EnableServiceLinks = false;
        _ = new KubernetesDeployment(app, new DeploymentArgs
        {
            Metadata = context.Meta(app, app),
            Spec = new DeploymentSpecArgs
            {
                Replicas = 1,
                Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(app) },
                Template = new PodTemplateSpecArgs { Metadata = PodMetadata.Of(Labels.Of(app), context.Settings.Mesh), Spec = pod },
            },
        }, ChildOptions.Of(parent, [.. context.MeshReady, account, .. after]));
        _ = new Service(app, new ServiceArgs
        {
            Metadata = context.Meta(app, app),
            Spec = new ServiceSpecArgs
            {
                Selector = Labels.Select(app),
                Ports = ports.Select(port =>
                    new ServicePortArgs { Name = port.Key, Port = port.Value, TargetPort = port.Key, Protocol = "TCP" }).ToList(),
            },
        }, ChildOptions.Of(parent));
    }

    /// <summary>The ports of a helper's container.</summary>
    public static List<ContainerPortArgs> Ports(IReadOnlyDictionary<string, int> ports) =>
        [.. ports.Select(port => new ContainerPortArgs { Name = port.Key, ContainerPortValue = port.Value, Protocol = "TCP" })];
}
