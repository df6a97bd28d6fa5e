using Bookinfo.Ratings.Release;
using Bookinfo.Ratings.Store;

namespace Bookinfo.Ratings;

/// <summary>The service's paths.</summary>
internal static class RatingsApi
{
    public static void MapRatings(this WebApplication app)
    {
        var store = app.Services.GetRequiredService<IRatingsStore>();
        var release = app.Services.GetRequiredService<IRelease>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Bookinfo.Ratings");

        app.MapGet("/health", new GetHealth(release).HandleAsync);
        app.MapGet(RatingsPath.Pattern, RatingsPath.Only(new GetRatings(store, release, logger).HandleAsync));
        app.MapPost(RatingsPath.Pattern, RatingsPath.Only(new PostRatings(store, logger).HandleAsync));
    }
}
