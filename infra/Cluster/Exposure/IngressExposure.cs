using Bookinfo.Cluster.LoadBalancers;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;
using static Bookinfo.Cluster.Resources.Fields;

namespace Bookinfo.Cluster.Exposure;

/// <summary>An Ingress for whichever controller its class names; the public paths only.</summary>
internal sealed class IngressExposure : ComponentResource, IExposure
{
    public IngressExposure(DeploymentContext context, BookService entry)
        : base("bookinfo:cluster:IngressExposure", $"{entry.Name}-ingress")
    {
        var exposure = context.Settings.Exposure;
        var rule = new IngressRuleArgs
        {
            Http = new HTTPIngressRuleValueArgs { Paths = entry.PublicPaths.Select(path => Path(entry, path)).ToList() },
        };
        var spec = new IngressSpecArgs { Rules = { rule } };
        var annotations = new InputMap<string>();
        // What the stack says itself comes last and holds.
        foreach (var (name, value) in CloudAnnotations.OfIngress(exposure).Where(one => !exposure.IngressAnnotations.ContainsKey(one.Key))
            .Concat(exposure.IngressAnnotations))
        {
            annotations.Add(name, value);
        }

        if (exposure.Host is { } host)
        {
            rule.Host = host;
        }

        if (exposure.IngressClass is { } ingressClass)
        {
            spec.IngressClassName = ingressClass;
        }

        if (exposure.TlsSecret is { } secret)
        {
            var tls = new IngressTLSArgs { SecretName = secret };
            if (exposure.Host is { } name)
            {
                tls.Hosts.Add(name);
            }

            spec.Tls.Add(tls);
        }

        if (exposure.ClusterIssuer is { } issuer)
        {
            annotations.Add("cert-manager.io/cluster-issuer", issuer);
        }

        if (exposure.LoadBalancer.Cloud == Cloud.Gcp)
        {
            _ = new Manifest($"{entry.Name}-health", new ManifestArgs("cloud.google.com/v1", "BackendConfig")
            {
                Metadata = context.Meta(WellKnown.BackendConfig, entry.Name),
                Spec = { ["healthCheck"] =
                    Map(("type", "HTTP"), ("requestPath", CloudAnnotations.HealthPath(exposure)!), ("port", entry.Port)) },
            }, ChildOptions.Of(this));
        }

        var ingress = new Ingress(entry.Name, new IngressArgs { Metadata = context.Meta(entry.Name, entry.Name, annotations), Spec = spec },
            ChildOptions.Of(this));
        var address = exposure.Host is { } known ? Output.Create(known) : ingress.Status.Apply(status => Address(status?.LoadBalancer));
        Url = address.Apply(where => Entry.Url(exposure.TlsSecret is not null, where, entry));
        RegisterOutputs(new Dictionary<string, object?> { ["url"] = Url });
    }

    public ExposureKind Kind => ExposureKind.Ingress;

    public Output<string> Url { get; }

    private static HTTPIngressPathArgs Path(BookService entry, PublicPath path) => new()
    {
        Path = path.Path,
        PathType = path.Prefix ? "Prefix" : "Exact",
        Backend = new IngressBackendArgs
        {
            Service = new IngressServiceBackendArgs
            {
                Name = entry.Name,
                Port = new ServiceBackendPortArgs { Name = WellKnown.PortName(entry) },
            },
        },
    };

    private static string Address(Pulumi.Kubernetes.Types.Outputs.Networking.V1.IngressLoadBalancerStatus? balancer)
    {
        var first = balancer?.Ingress is { IsDefaultOrEmpty: false } addresses ? addresses[0] : null;
        return first is null ? Entry.Pending : Entry.Host(first.Hostname, first.Ip);
    }
}
