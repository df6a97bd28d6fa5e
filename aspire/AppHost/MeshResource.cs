namespace Bookinfo.AppHost;

/// <summary>
/// The mesh: <c>mesh/Lab -- mesh</c> as a project among the others. It knows every pod, and every pod's calls go through it.
/// </summary>
internal static class MeshResource
{
    /// <summary>The endpoint that lets people in, as in the Lab.</summary>
    public const string GatewayEndpoint = "gateway";

    /// <summary>The endpoint of the traffic console and its API, as in the Lab.</summary>
    public const string ConsoleEndpoint = "console";

    private const int GatewayPort = 8080;
    private const int ConsolePort = 8081;

    /// <summary>Adds the mesh with its gateway, its console, and an outbound listener for each pod that calls others.</summary>
    /// <param name="builder">The application; <c>Ports:Gateway</c> and <c>Ports:Console</c> in its configuration say where people get
    /// in.</param>
    /// <param name="pods">The pods.</param>
    public static IResourceBuilder<ProjectResource> AddMesh(this IDistributedApplicationBuilder builder, IReadOnlyList<Pod> pods)
    {
        var mesh = builder.AddProgram(nameof(Projects.Lab), "mesh")
            .WithArgs("mesh")
            .WithIconName("Router")
            .WithListener(GatewayEndpoint, builder.Configuration.Number("Ports:Gateway", GatewayPort, 1, ushort.MaxValue))
            .WithListener(ConsoleEndpoint, builder.Configuration.Number("Ports:Console", ConsolePort, 1, ushort.MaxValue))
            .WithExternalHttpEndpoints()
            .WithUrlForEndpoint(GatewayEndpoint, url => (url.DisplayText, url.Url) = ("Book page", "/productpage"))
            .WithUrlForEndpoint(ConsoleEndpoint, url => url.DisplayText = "Traffic console")
            .WithHttpHealthCheck("/health", endpointName: ConsoleEndpoint)
            .WithEnvironment("MESH__RULESFILE",
                Path.Combine(builder.FileSystemService.TempDirectory.CreateTempSubdirectory("bookinfo").Path, "rules.yaml"));
        mesh.WithEnvironment("MESH__GATEWAY", mesh.ListensOn(GatewayEndpoint))
            .WithEnvironment("MESH__CONSOLE", mesh.ListensOn(ConsoleEndpoint));
        foreach (var pod in pods.Where(pod => pod.Planned.CallsOthers))
        {
            // Only pods open these.
            mesh.WithListener(pod.OutboundEndpoint, pod.OutboundPort)
                .WithUrlForEndpoint(pod.OutboundEndpoint, url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly);
        }

        return mesh;
    }

    /// <summary>Makes the pod one that the mesh balances over, and sends the pod's own calls through its listener in the mesh.</summary>
    /// <param name="resource">The pod's resource.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="pod">The pod.</param>
    public static IResourceBuilder<ProjectResource> JoinMesh(
        this IResourceBuilder<ProjectResource> resource, IResourceBuilder<ProjectResource> mesh, Pod pod)
    {
        var entry = $"MESH__PODS__{pod.Number}__";
        mesh.WithEnvironment($"{entry}NAME", pod.Name)
            .WithEnvironment($"{entry}SERVICE", pod.Service.Name)
            .WithEnvironment($"{entry}VERSION", pod.Release.Version)
            .WithEnvironment($"{entry}ADDRESS", resource.GetEndpoint(Pod.Endpoint).Property(EndpointProperty.HostAndPort));
        if (!pod.Planned.CallsOthers)
        {
            return resource;
        }

        mesh.WithEnvironment($"{entry}OUTBOUND", mesh.ListensOn(pod.OutboundEndpoint));
        return resource
            .WithEnvironment("MESH_OUTBOUND", mesh.GetEndpoint(pod.OutboundEndpoint).Property(EndpointProperty.HostAndPort))
            .WithReferenceRelationship(mesh);
    }

    // Never behind Aspire's own proxy: it would hide which listener, and so which caller, a connection was meant for.
    private static IResourceBuilder<ProjectResource> WithListener(this IResourceBuilder<ProjectResource> mesh, string name, int port) =>
        mesh.WithHttpEndpoint(port, port, name, isProxied: false);

    private static ReferenceExpression ListensOn(this IResourceBuilder<ProjectResource> mesh, string endpoint) =>
        ReferenceExpression.Create($"127.0.0.1:{mesh.GetEndpoint(endpoint).Property(EndpointProperty.TargetPort)}");
}
