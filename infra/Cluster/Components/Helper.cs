using Bookinfo.Cluster.Pods;
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
    /// <summary>The name of a helper's identity.</summary>
    public static string AccountName(string app) => $"bookinfo-{app}";

    /// <summary>Creates identity, name and pod.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="parent">The component that they belong to.</param>
    /// <param name="app">The helper's name on the service network, and its <c>app</c> label.</param>
    /// <param name="ports">Its ports by name; a mesh learns the protocol from the name.</param>
    /// <param name="pod">Its pod, without what all pods have alike.</param>
    /// <param name="after">What must be there first.</param>
    public static void Create(Place place, Resource parent, string app, IReadOnlyDictionary<string, int> ports, PodSpecArgs pod, params IEnumerable<Resource> after)
    {
        var account = new ServiceAccount(AccountName(app), new ServiceAccountArgs
        {
            Metadata = place.Meta(AccountName(app), app),
            AutomountServiceAccountToken = false,
        }, Child.Of(parent));
        pod.ServiceAccountName = AccountName(app);
        pod.AutomountServiceAccountToken = false;
        pod.EnableServiceLinks = false;
        _ = new KubernetesDeployment(app, new DeploymentArgs
        {
            Metadata = place.Meta(app, app),
            Spec = new DeploymentSpecArgs
            {
                Replicas = 1,
                Selector = new LabelSelectorArgs { MatchLabels = Labels.Select(app) },
                Template = new PodTemplateSpecArgs { Metadata = PodMetadata.Of(Labels.Of(app), place.Settings.Mesh), Spec = pod },
            },
        }, Child.Of(parent, [.. place.MeshReady, account, .. after]));
        _ = new Service(app, new ServiceArgs
        {
            Metadata = place.Meta(app, app),
            Spec = new ServiceSpecArgs
            {
                Selector = Labels.Select(app),
                Ports = ports.Select(port => new ServicePortArgs { Name = port.Key, Port = port.Value, TargetPort = port.Key, Protocol = "TCP" }).ToList(),
            },
        }, Child.Of(parent));
    }

    /// <summary>The ports of a helper's container.</summary>
    public static List<ContainerPortArgs> Ports(IReadOnlyDictionary<string, int> ports) =>
        [.. ports.Select(port => new ContainerPortArgs { Name = port.Key, ContainerPortValue = port.Value, Protocol = "TCP" })];
}
