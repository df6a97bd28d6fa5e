using Bookinfo.Reviews.Ratings;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Reviews;

/// <summary>Composes the service, for its own process and for hosts that run several services in one.</summary>
public static class ReviewsProgram
{
    /// <summary>Builds the service from the builder's configuration; the caller runs it.</summary>
    /// <param name="builder">A builder whose configuration holds the release's settings.</param>
    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddServiceDefaults("reviews");
        var settings = ReviewsSettings.Read(builder.Configuration);
        builder.AddRatings(settings);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapReviews(settings);
        return app;
    }
}
