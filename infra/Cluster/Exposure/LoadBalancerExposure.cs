using Bookinfo.Cluster.LoadBalancers;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Exposure;

/// <summary>A load balancer of the cloud. The program waits until it has an address.</summary>
internal sealed class LoadBalancerExposure : ComponentResource, IExposure
{
    public LoadBalancerExposure(DeploymentContext context, BookService entry)
        : base("bookinfo:cluster:LoadBalancerExposure", $"{entry.Name}-loadbalancer")
    {
        var settings = context.Settings.Exposure.LoadBalancer;
        var name = $"{entry.Name}-loadbalancer";
        var spec = Entry.Spec(entry, "LoadBalancer", settings.Port);
        if (settings.SourceRanges.Count > 0)
        {
            spec.LoadBalancerSourceRanges = settings.SourceRanges.ToList();
        }

        if (CloudAnnotations.Class(settings) is { } balancerClass)
        {
            spec.LoadBalancerClass = balancerClass;
        }

        var annotations = new InputMap<string>();
        foreach (var (key, value) in CloudAnnotations.Of(settings))
        {
            annotations.Add(key, value);
        }

        var service = new Service(name, new ServiceArgs { Metadata = context.Meta(name, entry.Name, annotations), Spec = spec },
            ChildOptions.Of(this).ReplacedWith("spec.loadBalancerClass"));
        Url = Entry.Address(service.Status).Apply(address => Entry.Url(settings.Certificate is not null, address, entry, settings.Port));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.LoadBalancer;

    public Output<string> Url { get; }
}
