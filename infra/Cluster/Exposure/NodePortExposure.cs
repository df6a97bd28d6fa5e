using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Exposure;

/// <summary>A fixed port on every node: the dependable way into kind, whose port mapping must know the number beforehand.</summary>
internal sealed class NodePortExposure : ComponentResource, IExposure
{
    public NodePortExposure(DeploymentContext context, BookService entry)
        : base("bookinfo:cluster:NodePortExposure", $"{entry.Name}-nodeport")
    {
        var exposure = context.Settings.Exposure;
        var name = $"{entry.Name}-nodeport";
        _ = new Service(name, new ServiceArgs
        {
            Metadata = context.Meta(name, entry.Name),
            Spec = Entry.Spec(entry, "NodePort", entry.Port, exposure.NodePort),
        }, ChildOptions.Of(this));
        Url = Output.Create(Entry.Url(tls: false, exposure.NodeHost, entry, exposure.NodePort));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.NodePort;

    public Output<string> Url { get; }
}
