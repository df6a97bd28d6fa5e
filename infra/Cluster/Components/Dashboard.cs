using Bookinfo.Cluster.Pods;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;

namespace Bookinfo.Cluster.Components;

/// <summary>
/// The Aspire dashboard as the viewer of traces, metrics and logs. It is not exposed: one looks at it through <c>kubectl port-forward</c>, with a token.
/// </summary>
internal sealed class Dashboard : ComponentResource
{
    /// <summary>The dashboard's name on the service network, and its <c>app</c> label.</summary>
    public const string AppName = "aspire-dashboard";

    /// <summary>OTLP over gRPC.</summary>
    public const int OtlpPort = 18889;

    private const int PagePort = 18888;
    private const string TokenKey = "token";

    private static readonly Dictionary<string, int> Ports = new() { ["http-page"] = PagePort, ["grpc-otlp"] = OtlpPort };

    public Dashboard(Place place)
        : base("bookinfo:cluster:Dashboard", AppName)
    {
        var token = new RandomPassword($"{AppName}-token", new RandomPasswordArgs { Length = 32, Special = false }, Child.Of(this));
        var secret = new Secret(AppName, new SecretArgs { Metadata = place.Meta(AppName, AppName), StringData = { [TokenKey] = token.Result } }, Child.Of(this));
        Helper.Create(place, this, AppName, Ports, new PodSpecArgs
        {
            SecurityContext = PodSecurity.Pod(PodSecurity.DotnetUser),
            Containers = { Container(place) },
            Volumes = { PodSecurity.Scratch("tmp", "128Mi") },
        }, secret);
        Token = token.Result;
        RegisterOutputs();
    }

    /// <summary>What one signs in with.</summary>
    public Output<string> Token { get; }

    /// <summary>What to type to see it.</summary>
    /// <param name="space">The namespace.</param>
    public static string HowToSee(string space) => $"kubectl -n {space} port-forward service/{AppName} {PagePort}:{PagePort}, then http://localhost:{PagePort}";

    private static ContainerArgs Container(Place place) => new()
    {
        Name = "dashboard",
        Image = place.Settings.Images.Dashboard,
        ImagePullPolicy = place.Settings.Images.PullPolicy,
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
