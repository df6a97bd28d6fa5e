using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// The pod of the PostgreSQL server: the official image, as the user it makes for itself, on a read-only root file system.
/// </summary>
internal static class DatabasePod
{
    /// <summary>The volume with the data.</summary>
    public const string DataVolume = "data";

    /// <summary>The user <c>postgres</c> of the Debian image.</summary>
    private const int PostgresUser = 999;

    private const string Home = "/var/lib/postgresql";

    public static PodSpecArgs Spec(ClusterSettings settings) => new()
    {
        ServiceAccountName = WellKnown.Account(WellKnown.Database.AppName),
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        SecurityContext = PodSecurity.Pod(PostgresUser),
        // A fast shutdown writes a checkpoint; cut off, the next start replays the log instead.
        TerminationGracePeriodSeconds = 60,
        Containers = { Container(settings) },
        Volumes = { PodSecurity.Scratch("run", "16Mi"), PodSecurity.Scratch("tmp", "64Mi") },
    };

    private static ContainerArgs Container(ClusterSettings settings) => new()
    {
        Name = "postgres",
        Image = settings.Images.Postgres,
        ImagePullPolicy = settings.Images.PullPolicy,
        Ports = { new ContainerPortArgs { Name = "tcp-postgres", ContainerPortValue = WellKnown.Database.Port, Protocol = "TCP" } },
        Env =
        {
            PodEnvironment.Is("POSTGRES_DB", WellKnown.Database.DatabaseName),
            PodEnvironment.Is("POSTGRES_USER", WellKnown.Database.DatabaseName),
            PodEnvironment.Secret("POSTGRES_PASSWORD", WellKnown.Database.SecretName(settings.Database), "password"),
            // A folder below the volume's root: that root belongs to somebody else, and on some disks holds lost+found.
            PodEnvironment.Is("PGDATA", $"{Home}/pgdata"),
        },
        // Over TCP: while the image sets the database up it runs a server on the socket only, which must not count.
        StartupProbe = Probes.Command(2, 60, IsReady),
        ReadinessProbe = Probes.Command(5, 3, IsReady),
        LivenessProbe = Probes.Command(10, 6, IsReady),
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "50m", ["memory"] = "128Mi" },
            Limits = { ["cpu"] = "1", ["memory"] = "512Mi" },
        },
        SecurityContext = PodSecurity.Container(),
        VolumeMounts =
        {
            new VolumeMountArgs { Name = DataVolume, MountPath = Home },
            new VolumeMountArgs { Name = "run", MountPath = "/var/run/postgresql" },
            new VolumeMountArgs { Name = "tmp", MountPath = "/tmp" },
        },
    };

    private static readonly string[] IsReady =
        ["pg_isready", "--host=127.0.0.1", $"--username={WellKnown.Database.DatabaseName}", $"--dbname={WellKnown.Database.DatabaseName}"];
}
