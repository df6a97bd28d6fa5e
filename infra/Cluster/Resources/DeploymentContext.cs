using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Resources;

/// <summary>Where the components put their resources, and what must be there first.</summary>
/// <param name="Settings">What the stack asks for.</param>
/// <param name="Namespace">The name of the namespace; taken from the resource, so that whatever uses it comes after it.</param>
/// <param name="MeshReady">What must be ready before pods start (the injector) and before the mesh's own kinds are known. Empty where
/// nothing is installed.</param>
internal sealed record DeploymentContext(ClusterSettings Settings, Output<string> Namespace, IReadOnlyList<Resource> MeshReady)
{
    /// <summary>The metadata of a resource in the namespace.</summary>
    /// <param name="name">Its name, as it is on the cluster: others reach it by that name.</param>
    /// <param name="app">The application it belongs to.</param>
    /// <param name="annotations">Annotations, if any.</param>
    public ObjectMetaArgs Meta(string name, string app, InputMap<string>? annotations = null) => Meta(name, Labels.Of(app), annotations);

    /// <summary>The metadata of a resource in the namespace, with labels of its own.</summary>
    public ObjectMetaArgs Meta(string name, InputMap<string> labels, InputMap<string>? annotations = null)
    {
        var metadata = new ObjectMetaArgs { Name = name, Namespace = Namespace, Labels = labels };
        if (annotations is not null)
        {
            metadata.Annotations = annotations;
        }

        return metadata;
    }
}
