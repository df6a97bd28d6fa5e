using Bookinfo.Topology;

namespace Bookinfo.Cluster.Settings;

/// <summary>Everything that a stack's configuration says, typed and checked. After this nothing reads the configuration again.</summary>
public sealed record ClusterSettings
{
    /// <summary>The namespace of the services.</summary>
    public required string Namespace { get; init; }

    /// <summary>What is deployed: the topology with the chosen services and releases only.</summary>
    public required ServiceTopology System { get; init; }

    /// <summary>Where the images come from.</summary>
    public required ImageSettings Images { get; init; }

    /// <summary>How many pods.</summary>
    public required ScaleSettings Scale { get; init; }

    /// <summary>The database of the ratings.</summary>
    public required DatabaseSettings Database { get; init; }

    /// <summary>The ways in.</summary>
    public required ExposureSettings Exposure { get; init; }

    /// <summary>The mesh.</summary>
    public required MeshSettings Mesh { get; init; }

    /// <summary>What the mesh does for every call.</summary>
    public required PolicySettings Policy { get; init; }

    /// <summary>The weights of releases.</summary>
    public required CanarySettings Canary { get; init; }

    /// <summary>The services that Argo Rollouts delivers.</summary>
    public required DeliverySettings Delivery { get; init; }

    /// <summary>Where telemetry goes.</summary>
    public required TelemetrySettings Telemetry { get; init; }

    /// <summary>The level of Pod Security that the namespace enforces.</summary>
    public string PodSecurity => Mesh.Kind != MeshKind.None && !Mesh.Cni ? "privileged" : "restricted";

    /// <summary>Whether each release has a Service of its own, which routes of the Gateway API point at.</summary>
    /// <param name="service">A deployed service.</param>
    public bool NeedsReleaseServices(BookService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return Mesh.IsLinkerd || (Mesh.Kind == MeshKind.None && Exposure.Has(ExposureKind.GatewayApi) && service.PublicPaths.Count > 0);
    }

    /// <summary>Reads and checks the configuration.</summary>
    /// <param name="configuration">The stack's configuration.</param>
    /// <param name="topology">What can be deployed.</param>
    /// <exception cref="SettingsException">Something in it cannot be; one sentence for each.</exception>
    public static ClusterSettings Read(StackConfiguration configuration, ServiceTopology topology)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(topology);
        return Read(new SettingsReader(configuration), topology);
    }

    internal static ClusterSettings Read(SettingsReader reader, ServiceTopology topology)
    {
        var system = ReleaseSelection.Read(reader, topology).Deployed;
        var settings = new ClusterSettings
        {
            Namespace = reader.Namespace("bookinfo:namespace", "bookinfo"),
            System = system,
            Images = ImageSettings.Read(reader, topology),
            Scale = ScaleSettings.Read(reader, topology),
            Database = DatabaseSettings.Read(reader),
            Exposure = ExposureSettings.Read(reader),
            Mesh = MeshSettings.Read(reader),
            Policy = PolicySettings.Read(reader),
            Canary = CanarySettings.Read(reader, system),
            Delivery = DeliverySettings.Read(reader, system),
            Telemetry = TelemetrySettings.Read(reader),
        };
        SettingsTogether.Check(settings, reader);
        reader.ThrowIfWrong();
        return settings;
    }
}
