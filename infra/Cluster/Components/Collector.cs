using System.Security.Cryptography;
using System.Text;
using Bookinfo.Cluster.Pods;
using Bookinfo.Cluster.Resources;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Components;

/// <summary>An OpenTelemetry collector: takes traces, metrics and logs of all pods and hands them to the dashboard.</summary>
internal sealed class Collector : ComponentResource
{
    private const string AppName = WellKnown.Collector.AppName;
    private const int GrpcPort = WellKnown.Collector.GrpcPort;
    private const int HttpPort = WellKnown.Collector.HttpPort;

    private const int HealthPort = 13133;

    // The user of the collector's own image.
    private const int CollectorUser = 10001;

    private static readonly Dictionary<string, int> Ports = new() { ["grpc-otlp"] = GrpcPort, ["http-otlp"] = HttpPort };

    public Collector(DeploymentContext context, Dashboard dashboard)
        : base("bookinfo:cluster:Collector", AppName)
    {
        var config = new ConfigMap(AppName,
            new ConfigMapArgs { Metadata = context.Meta(AppName, AppName), Data = { ["config.yaml"] = Configuration } },
                ChildOptions.Of(this));
        Helper.Create(context, this, AppName, Ports, new PodSpecArgs
        {
            SecurityContext = PodSecurity.Pod(CollectorUser),
            Containers = { Container(context) },
            Volumes = { new VolumeArgs { Name = "config", ConfigMap = new ConfigMapVolumeSourceArgs { Name = AppName } } },
        }, config, dashboard);
        RegisterOutputs();
    }

    private static ContainerArgs Container(DeploymentContext context) => new()
    {
        Name = "collector",
        Image = context.Settings.Images.Collector,
        ImagePullPolicy = context.Settings.Images.PullPolicy,
        Args = { "--config=/etc/otelcol/config.yaml" },
        Ports = [.. Helper.Ports(Ports), new ContainerPortArgs { Name = "health", ContainerPortValue = HealthPort, Protocol = "TCP" }],
        // A change of the configuration is a change of the pod, which therefore reads it.
        Env = { PodEnvironment.Is("CONFIGURATION",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Configuration)))[..12]) },
        StartupProbe = Probes.Http("/", "health", 2, 30),
        ReadinessProbe = Probes.Http("/", "health", 5, 2),
        LivenessProbe = Probes.Http("/", "health", 10, 3),
        Resources = new ResourceRequirementsArgs
        {
            Requests = { ["cpu"] = "20m", ["memory"] = "64Mi" },
            Limits = { ["cpu"] = "500m", ["memory"] = "256Mi" },
        },
        SecurityContext = PodSecurity.Container(),
        VolumeMounts = { new VolumeMountArgs { Name = "config", MountPath = "/etc/otelcol", ReadOnly = true } },
    };

    private static readonly string Configuration = $$"""
        receivers:
          otlp:
            protocols:
              grpc:
                endpoint: 0.0.0.0:{{GrpcPort}}
              http:
                endpoint: 0.0.0.0:{{HttpPort}}
        processors:
          memory_limiter:
            check_interval: 1s
            limit_percentage: 75
            spike_limit_percentage: 20
          batch: {}
        exporters:
          otlp_grpc:
            endpoint: {{WellKnown.Dashboard.AppName}}:{{WellKnown.Dashboard.OtlpPort}}
            tls:
              insecure: true
        extensions:
          health_check:
            endpoint: 0.0.0.0:{{HealthPort}}
        service:
          extensions: [health_check]
          telemetry:
            metrics:
              level: none
          pipelines:
            traces: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlp_grpc]}
            metrics: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlp_grpc]}
            logs: {receivers: [otlp], processors: [memory_limiter, batch], exporters: [otlp_grpc]}

        """;
}
