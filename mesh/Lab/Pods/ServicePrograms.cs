using Bookinfo.Details;
using Bookinfo.ProductPage;
using Bookinfo.Ratings;
using Bookinfo.Reviews;
using Bookinfo.Topology;
using Microsoft.AspNetCore.Builder;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>The programs of the services, by the name of their project. A service that is added to the topology is added here.</summary>
internal static class ServicePrograms
{
    /// <summary>Builds a service from the builder's configuration.</summary>
    /// <param name="service">Which one.</param>
    /// <param name="builder">A builder whose configuration holds the pod's settings.</param>
    /// <exception cref="NotSupportedException">The Lab does not know the program.</exception>
    public static WebApplication Build(BookService service, WebApplicationBuilder builder) => service.Project switch
    {
        "ProductPage" => ProductPageProgram.Build(builder),
        "Details" => DetailsProgram.Build(builder),
        "Reviews" => ReviewsProgram.Build(builder),
        "Ratings" => RatingsProgram.Build(builder),
        _ => throw new NotSupportedException($"the Lab has no program {service.Project}: reference services/{service.Project} and add it to {nameof(ServicePrograms)}"),
    };
}
