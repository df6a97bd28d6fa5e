using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// The namespace of the services: which pods may run in it, and whether they get a sidecar. Labelled before there is a pod in it.
/// </summary>
internal sealed class SystemNamespace : ComponentResource
{
    public SystemNamespace(ClusterSettings settings)
        : base("bookinfo:cluster:Namespace", settings.Namespace)
    {
        var metadata = new ObjectMetaArgs
        {
            Name = settings.Namespace,
            Labels =
            {
                ["app.kubernetes.io/part-of"] = "bookinfo",
                ["pod-security.kubernetes.io/enforce"] = settings.PodSecurity,
                ["pod-security.kubernetes.io/audit"] = "restricted",
                ["pod-security.kubernetes.io/warn"] = "restricted",
            },
        };
        if (settings.Mesh.IsIstio)
        {
            metadata.Labels.Add("istio-injection", "enabled");
        }

        if (settings.Mesh.IsLinkerd)
        {
            metadata.Annotations = new InputMap<string> { ["linkerd.io/inject"] = "enabled" };
        }

        var options = ChildOptions.Of(this);
        // A namespace that goes takes the database's volume along.
        options.Protect = settings.Database.IsKept;
        var space = new Namespace(settings.Namespace, new NamespaceArgs { Metadata = metadata }, options);
        Name = space.Metadata.Apply(meta => meta.Name);
        RegisterOutputs(new Dictionary<string, object?> { ["name"] = Name });
    }

    /// <summary>The name, known once the namespace is there.</summary>
    public Output<string> Name { get; }
}
