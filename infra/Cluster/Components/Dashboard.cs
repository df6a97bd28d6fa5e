using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// The Aspire dashboard as the viewer of traces, metrics and logs. It is not exposed: one looks at it through <c>kubectl port-forward</c>,
/// with a token.
/// </summary>
internal sealed class Dashboard : ComponentResource
{
    private const string AppName = WellKnown.Dashboard.AppName;
    private const int OtlpPort = WellKnown.Dashboard.OtlpPort;

    private const int PagePort = 18888;
    private const string TokenKey = "token";

    private static readonly Dictionary<string, int> Ports = new() { ["http-page"] = PagePort, ["grpc-otlp"] = OtlpPort };

    public Dashboard(DeploymentContext context)
        : base("bookinfo:cluster:Dashboard", AppName)
    {
        var token = new RandomPassword($"{AppName}-token", new RandomPasswordArgs { Length = 32, Special = false }, ChildOptions.Of(this));
        var secret = new Secret(AppName,
            new SecretArgs { Metadata = context.Meta(AppName, AppName), StringData = { [TokenKey] = token.Result } },
                ChildOptions.Of(this));
        Helper.Create(context, this, AppName, Ports, new PodSpecArgs
        {
            SecurityContext = PodSecurity.Pod(PodSecurity.DotnetUser),
            Containers = { Container(context) },
            Volumes = { PodSecurity.Scratch("tmp", "128Mi") },
        }, secret);
        Token = token.Result;
        RegisterOutputs();
    }

    /// <summary>What one signs in with.</summary>
    public Output<string> Token { get; }

    /// <summary>What to type to see it.</summary>
    /// <param name="space">The namespace.</param>
    public static string HowToSee(string space) =>
        $"kubectl -n {space} port-forward service/{AppName} {PagePort}:{PagePort}, then http://localhost:{PagePort}";

    private static ContainerArgs Container(DeploymentContext context) => new()
    {
        Name = "dashboard",
        Image = context.Settings.Images.Dashboard,
        ImagePullPolicy = context.Settings.Images.PullPolicy,
        Ports = Helper.Ports(Ports),
        Env =
        {
            PodEnvironment.Is("ASPNETCORE_URLS", $"http://+:{PagePort}"),
            PodEnvironment.Is("DOTNET_DASHBOARD_OTLP_ENDPOINT_URL", $"http://+:{OtlpPort}"),
            PodEnvironment.Is("Dashboard__Frontend__AuthMode", "BrowserToken"),
            PodEnvironment.Secret("Dashboard__Frontend__BrowserToken", AppName, TokenKey),
            // Only the collector gets through to it: by NetworkPolicy, and in a mesh by identity.
            PodEnvironment.Is("Dashboard__Otlp__AuthMode", "Unsecured"),
            // Its key ring goes where it may write.
            PodEnvironment.Is("HOME", "/tmp"),
        },
        StartupProbe = Tcp(2, 60),
        ReadinessProbe = Tcp(5, 2),
        LivenessProbe = Tcp(10, 3),
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "50m", ["memory"] = "192Mi" },
            Limits = { ["cpu"] = "1", ["memory"] = "512Mi" },
        },
        SecurityContext = PodSecurity.Container(),
        VolumeMounts = { new VolumeMountArgs { Name = "tmp", MountPath = "/tmp" } },
    };

    // It has no page for the kubelet that needs no token.
    private static ProbeArgs Tcp(int periodSeconds, int failures) => new()
    {
        TcpSocket = new TCPSocketActionArgs { Port = "http-page" },
        PeriodSeconds = periodSeconds,
        TimeoutSeconds = 2,
        FailureThreshold = failures,
    };
}
