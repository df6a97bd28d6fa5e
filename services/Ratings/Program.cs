using Bookinfo.Ratings.Releases;
using Bookinfo.Ratings.Stores;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Ratings;

/// <summary>The ratings service: one to five stars from each reviewer of a book.</summary>
public static class RatingsProgram
{
    /// <summary>Runs the service as a process of its own.</summary>
    /// <param name="args">Settings as <c>--KEY=value</c>, over those of the environment.</param>
    public static Task<int> Main(string[] args) => ServiceProcess.RunAsync(args, Build);

    /// <summary>Builds the service, for its own process and for the Lab, which runs all services in one.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("ratings");
        builder.AddRelease();
        builder.AddRatingsStore();
        builder.Services.AddOpenApi();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RatingsJson.Default));

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapOpenApi();
        app.MapRatingsApi();
        return app;
    }
}
