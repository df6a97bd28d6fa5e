using Bookinfo.Catalog.Parts;
using Bookinfo.ServiceDefaults;
using Bookinfo.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Bookinfo.Catalog;

/// <summary>The catalog: the page of a book as data, by gRPC.</summary>
public static class CatalogProgram
{
    /// <summary>Runs the service as a process of its own.</summary>
    /// <param name="args">Settings as <c>--KEY=value</c>, over those of the environment.</param>
    public static Task<int> Main(string[] args) => ServiceProcess.RunAsync(args, Build);

    /// <summary>Builds the service, for its own process and for the Lab, which runs all services in one.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("catalog");
        builder.AddSettings<CatalogOptions>((options, settings) => options.Read(settings));
        foreach (var service in (string[])["details", "reviews", "ratings"])
        {
            builder.AddUpstream(service, services => services.GetRequiredService<IOptions<CatalogOptions>>().Value.UpstreamTimeout,
                PropagatedHeaders.WithEndUser);
        }

        builder.Services.AddSingleton<PartCall>().AddSingleton<DetailsSource>().AddSingleton<ReviewsSource>().AddSingleton<RatingsSource>();
        builder.Services.AddSingleton<RatingsWatch>().AddSingleton<CatalogApi>();
        builder.AddGrpcServer();

        var app = builder.Build().UseServiceDefaults();
        app.MapGrpcService<CatalogApi>();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapGet("/health", () => TypedResults.Text("""{"status":"Catalog is healthy"}""", "application/json"));
        return app;
    }
}
