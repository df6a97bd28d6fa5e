using System.Globalization;
using Bookinfo.Cluster.Resources;
using Bookinfo.Cluster.Settings;
using Bookinfo.Topology;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Bookinfo.Cluster.Pods;

/// <summary>
/// What a release's container is told: the settings that every service reads (ServiceDefaults), and the release's own from the topology.
/// </summary>
internal static class PodEnvironment
{
    public static List<EnvVarArgs> Of(BookService service, Release release, ClusterSettings settings)
    {
        List<EnvVarArgs> variables =
        [
            // Takes the place of the base image's own 8080: services listen on loopback unless told otherwise, and this one says all
            // addresses.
            Is("ASPNETCORE_HTTP_PORTS", service.Port),
            Is("SERVICE_VERSION", release.Version),
            Field("HOSTNAME", "metadata.name"),
            Is("DRAIN_SECONDS", ReleasePod.DrainSeconds),
            Is("SHUTDOWN_SECONDS", ReleasePod.ShutdownSeconds),
            // Retries have one owner, or they multiply.
            Is("RESILIENCE_OWNER", settings.Mesh.Kind == MeshKind.None ? "application" : "mesh"),
            .. release.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => Is(setting.Key, setting.Value)),
            .. service.SharedSecrets.Select(name => Secret(name, WellKnown.SharedSecret(service), name)),
        ];
        if (release.NeedsDatabase)
        {
            variables.Add(Secret("ConnectionStrings__ratings", WellKnown.Database.SecretName(settings.Database),
                WellKnown.Database.ConnectionStringKey));
        }

        if (TelemetryEndpoint.Of(settings) is { } endpoint)
        {
            variables.AddRange(Telemetry(service, release, endpoint));
        }

        return variables;
    }

    private static IEnumerable<EnvVarArgs> Telemetry(BookService service, Release release, Uri endpoint) =>
    [
        Is("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.ToString().TrimEnd('/')),
        Is("OTEL_SERVICE_NAME", service.Name),
        Field("POD_NAMESPACE", "metadata.namespace"),
        // The kubelet sets in what stands in $( ): variables that come before this one.
        Is("OTEL_RESOURCE_ATTRIBUTES", string.Join(',',
            "service.namespace=$(POD_NAMESPACE)",
            $"service.version={release.Version}",
            "service.instance.id=$(HOSTNAME)",
            "k8s.pod.name=$(HOSTNAME)",
            "k8s.namespace.name=$(POD_NAMESPACE)")),
    ];

    /// <summary>A variable with a value.</summary>
    public static EnvVarArgs Is(string name, string value) => new() { Name = name, Value = value };

    /// <summary>A variable with a number.</summary>
    public static EnvVarArgs Is(string name, int value) => Is(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A variable that a Secret holds.</summary>
    public static EnvVarArgs Secret(string name, string secret, string key) => new()
    {
        Name = name,
        ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = secret, Key = key } },
    };

    private static EnvVarArgs Field(string name, string path) => new()
    {
        Name = name,
        ValueFrom = new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = path } },
    };
}
