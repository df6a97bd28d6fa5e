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
        var (service, release) = (pod.Service, pod.Release);
        var resource = builder.AddProgram(service.Project, pod.Name)
            .WithHttpEndpoint(pod.Port, pod.Port, Pod.Endpoint, isProxied: false)
            .WithUrlForEndpoint(Pod.Endpoint, url => url.DisplayText = "past the mesh")
            .WithEnvironment("SERVICE_VERSION", release.Version)
            .WithEnvironment("HOSTNAME", pod.Name)
            .WithEnvironment("FAULT_SWITCH", "true");
        foreach (var (name, value) in release.Settings)
        {
            resource.WithEnvironment(name, value);
        }

        foreach (var name in service.SharedSecrets)
        {
            resource.WithEnvironment(name, builder.SharedSecret(service, name));
        }

        return service.Protocol == ServiceProtocol.Grpc ? resource.AsHttp2Service().WithHttp2HealthCheck() : resource.WithHttpHealthCheck(ReadyPath);
    }

    private static IResourceBuilder<ParameterResource> SharedSecret(this IDistributedApplicationBuilder builder, BookService service, string setting)
    {
        var name = $"{service.Name}-{setting.Replace('_', '-').ToLowerInvariant()}";
        var known = builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == name);
        return known is null ? builder.AddParameter(name, new GenerateParameterDefault { MinLength = SecretLength }, secret: true) : builder.CreateResourceBuilder(known);
    }

    private static IResourceBuilder<ProjectResource> WithHttp2HealthCheck(this IResourceBuilder<ProjectResource> resource)
    {
        var key = $"{resource.Resource.Name}-ready";
        var endpoint = resource.GetEndpoint(Pod.Endpoint);
        resource.ApplicationBuilder.Services.AddHealthChecks().Add(new(key, _ => new Http2HealthCheck(endpoint, ReadyPath), failureStatus: null, tags: null));
        return resource.WithHealthCheck(key);
    }
}
