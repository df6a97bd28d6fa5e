using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>
/// The metadata of a pod. It asks for the mesh's sidecar itself, though the namespace does, too: so a mesh that comes or goes changes the
/// pods, and they start anew with or without it.
/// </summary>
internal static class PodMetadata
{
    public static ObjectMetaArgs Of(InputMap<string> labels, MeshSettings mesh)
    {
        var metadata = new ObjectMetaArgs { Labels = labels };
        if (mesh.IsIstio)
        {
            metadata.Labels.Add("sidecar.istio.io/inject", "true");
        }

        if (mesh.IsLinkerd)
        {
            metadata.Annotations = new InputMap<string> { ["linkerd.io/inject"] = "enabled" };
        }

        return metadata;
    }
}
