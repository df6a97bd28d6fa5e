using Bookinfo.Topology;
using Microsoft.Extensions.DependencyInjection;

namespace Bookinfo.AppHost;

/// <summary>
/// A service: nothing that runs, but the row of the dashboard under which its releases stand. Its state says how many of its pods are
/// ready.
/// </summary>
/// <param name="service">The service.</param>
internal sealed class ServiceResource(BookService service) : Resource(service.Name)
{
    /// <summary>The names of its pods.</summary>
    public HashSet<string> Pods { get; } = [];
}

/// <summary>Puts pods under their services.</summary>
internal static class ServiceResources
{
    /// <summary>Adds the services of the pods.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="pods">The pods.</param>
    /// <returns>The services by name.</returns>
    public static IReadOnlyDictionary<string, IResourceBuilder<ServiceResource>> AddServices(
        this IDistributedApplicationBuilder builder, IReadOnlyList<Pod> pods)
    {
        builder.Services.AddHostedService<PodWatcher>();
        return pods.Select(pod => pod.Service).Distinct().ToDictionary(service => service.Name, service => builder.AddService(service));
    }

    /// <summary>Shows a pod under its service, and in the graph what it calls.</summary>
    /// <param name="resource">The pod's resource.</param>
    /// <param name="services">The services by name.</param>
    /// <param name="pod">The pod.</param>
    public static IResourceBuilder<ProjectResource> ShowUnder(
        this IResourceBuilder<ProjectResource> resource, IReadOnlyDictionary<string, IResourceBuilder<ServiceResource>> services, Pod pod)
    {
        var service = services[pod.Service.Name];
        service.Resource.Pods.Add(pod.Name);
        foreach (var callee in pod.Service.Calls.Where(services.ContainsKey))
        {
            resource.WithReferenceRelationship(services[callee]);
        }

        return resource.WithParentRelationship(service);
    }

    private static IResourceBuilder<ServiceResource> AddService(this IDistributedApplicationBuilder builder, BookService service) =>
        builder.AddResource(new ServiceResource(service))
            .WithIconName("BoxMultiple")
            .ExcludeFromManifest()
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "Service",
                State = KnownResourceStates.NotStarted,
                Properties = [new(CustomResourceKnownProperties.Source, service.Summary)],
            });
}
