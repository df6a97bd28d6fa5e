using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>The pods of a release, the same under a Deployment and under an Argo Rollout.</summary>
internal static class ReleasePod
{
    /// <summary>How long readiness is off before the listener closes: longer than endpoints take to vanish from every proxy.</summary>
    public const int DrainSeconds = 5;

    /// <summary>
    /// The most that requests in flight get after that: beyond the longest call, the 10 s that reviews v2 waits for ratings.
    /// </summary>
    public const int ShutdownSeconds = 20;

    private const int Grace = DrainSeconds + ShutdownSeconds + 10;

    /// <summary>The pods of one release of a service.</summary>
    public static PodTemplateSpecArgs Of(BookService service, Release release, ClusterSettings settings) => new()
    {
        Metadata = PodMetadata.Of(Labels.Of(service, release), settings.Mesh),
        Spec = Spec(service, release, settings),
    };

    private static PodSpecArgs Spec(BookService service, Release release, ClusterSettings settings)
    {
        var spec = new PodSpecArgs
        {
            ServiceAccountName = WellKnown.Account(service.Name),
            AutomountServiceAccountToken = false,
            EnableServiceLinks = false,
            SecurityContext = PodSecurity.Pod(PodSecurity.DotnetUser),
            TerminationGracePeriodSeconds = Grace,
            TopologySpreadConstraints =
                { Spread(service, release, "kubernetes.io/hostname"), Spread(service, release, "topology.kubernetes.io/zone") },
            Containers = { Container(service, release, settings) },
            Volumes = { PodSecurity.Scratch("tmp", "64Mi") },
        };
        if (settings.Images.PullSecret is { } secret)
        {
            spec.ImagePullSecrets.Add(new LocalObjectReferenceArgs { Name = secret });
        }

        return spec;
    }

    private static ContainerArgs Container(BookService service, Release release, ClusterSettings settings) => new()
    {
        Name = service.Name,
        Image = settings.Images.Of(service),
        ImagePullPolicy = settings.Images.PullPolicy,
        Ports = { new ContainerPortArgs { Name = WellKnown.PortName(service), ContainerPortValue = service.Port, Protocol = "TCP" } },
        Env = PodEnvironment.Of(service, release, settings),
        StartupProbe = Probes.Startup(service),
        ReadinessProbe = Probes.Readiness(service),
        LivenessProbe = Probes.Liveness(service),
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "50m", ["memory"] = "96Mi" },
            Limits = { ["cpu"] = "1", ["memory"] = "256Mi" },
        },
        SecurityContext = PodSecurity.Container(),
        VolumeMounts = { new VolumeMountArgs { Name = "tmp", MountPath = "/tmp" } },
    };

    // Preferred, not required: on a cluster of one node every pod must still find a context.
    private static TopologySpreadConstraintArgs Spread(BookService service, Release release, string topologyKey) => new()
    {
        MaxSkew = 1,
        TopologyKey = topologyKey,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = new LabelSelectorArgs { MatchLabels = Labels.Select(service, release) },
    };
}
