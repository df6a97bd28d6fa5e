using Bookinfo.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.AppHost;

/// <summary>A pod as a resource: a program of <c>services/</c> with its release's settings.</summary>
internal static class PodResource
{
    private const string ReadyPath = "/health/ready";
    private const int SecretLength = 44;

    /// <summary>Adds the pod.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="pod">The pod.</param>
    public static IResourceBuilder<ProjectResource> AddPod(this IDistributedApplicationBuilder builder, Pod pod)
    {
        var resource = builder.AddProgram(pod.Service.Project, pod.Name)
            .WithIconName("Box")
            .WithHttpEndpoint(pod.Port, pod.Port, Pod.Endpoint, isProxied: false)
            .WithUrlForEndpoint(Pod.Endpoint, url => NameUrl(url, pod.Service))
            .WithEnvironment("SERVICE_VERSION", pod.Release.Version)
            .WithEnvironment("HOSTNAME", pod.Name)
            .WithEnvironment("FAULT_SWITCH", "true");
        foreach (var (name, value) in pod.Release.Settings)
        {
            resource.WithEnvironment(name, value);
        }

        foreach (var name in pod.Service.SharedSecrets)
        {
            resource.WithEnvironment(name, builder.SharedSecret(pod.Service, name));
        }

        return pod.Service.Protocol == ServiceProtocol.Grpc ? resource.AsHttp2Service().WithHttp2HealthCheck()
            : resource.WithHttpHealthCheck(ReadyPath);
    }

    // The link leads to something that a browser shows; a gRPC service has nothing of the kind, so its address is among the details only.
    private static void NameUrl(ResourceUrlAnnotation url, BookService service)
    {
        if (service.SamplePath is { } path)
        {
            (url.Url, url.DisplayText) = (path, $"{path} (bypasses the mesh)");
        }
        else
        {
            (url.DisplayText, url.DisplayLocation) = ("gRPC (bypasses the mesh)", UrlDisplayLocation.DetailsOnly);
        }
    }

    private static IResourceBuilder<ParameterResource> SharedSecret(this IDistributedApplicationBuilder builder, BookService service,
        string setting)
    {
        var name = $"{service.Name}-{setting.Replace('_', '-').ToLowerInvariant()}";
        var known = builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name);
        return known is null ? builder.AddParameter(name, new GenerateParameterDefault { MinLength = SecretLength }, secret: true)
            : builder.CreateResourceBuilder(known);
    }

    private static IResourceBuilder<ProjectResource> WithHttp2HealthCheck(this IResourceBuilder<ProjectResource> resource)
    {
        var key = $"{resource.Resource.Name}-ready";
        var endpoint = resource.GetEndpoint(Pod.Endpoint);
        resource.ApplicationBuilder.Services.AddHealthChecks()
            .Add(new(key, _ => new Http2HealthCheck(endpoint, ReadyPath), failureStatus: null, tags: null));
        return resource.WithHealthCheck(key);
    }
}
