using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>
/// The metadata of a pod. It asks for the mesh's sidecar itself, though the namespace does, too: so a mesh that comes or goes changes the
/// pods, and they start anew with or without it. So does Istio where what a sidecar is made with changes.
/// </summary>
internal static class PodMetadata
{
    public static ObjectMetaArgs Of(InputMap<string> labels, MeshSettings mesh)
    {
        var metadata = new ObjectMetaArgs { Labels = labels };
        if (mesh.IsIstio)
        {
            metadata.Labels.Add("sidecar.istio.io/inject", "true");
            metadata.Annotations = new InputMap<string> { ["istio-sidecar"] = Sidecar(mesh) };
        }

        if (mesh.IsLinkerd)
        {
            metadata.Annotations = new InputMap<string> { ["linkerd.io/inject"] = "enabled" };
        }

        return metadata;
    }

    // A sidecar is injected once, when its pod is made: it knows its control plane and its trust domain, and has its version, for as long
    // as the pod lives (istio.io, "Installing the Sidecar": a change of the control plane reaches pods that are made after it). So a
    // change of these makes new pods.
    private static string Sidecar(MeshSettings mesh)
    {
        var meets = $"namespace={mesh.Namespace} trustDomain={mesh.TrustDomain} cni={(mesh.Cni ? "true" : "false")}";
        return mesh.Install ? $"{meets} version={mesh.Version} hub={mesh.Hub}" : meets;
    }
}
