using Bookinfo.Reviews.Ratings;
using Bookinfo.ServiceDefaults;

namespace Bookinfo.Reviews;

/// <summary>The service's paths.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this WebApplication app, ReviewsSettings settings)
    {
        app.MapGet("/health", GetHealth.HandleAsync);
        var body = new ReviewsBody(app.Services.GetRequiredService<ServiceIdentity>().Pod, settings);
        app.MapGet("/reviews/{id}", new GetReviews(body, app.Services.GetService<RatingsClient>()).HandleAsync);
    }
}
