using Bookinfo.Ratings.Release;
using Bookinfo.Ratings.Store;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Ratings;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class RatingsProgram
{
    /// <summary>Builds the service from the builder's configuration; the caller runs it.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDefaults("ratings");
        builder.AddRelease();
        builder.AddRatingsStore();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapRatings();
        return app;
    }
}
