using Bookinfo.ServiceDefaults.Upstreams;

namespace Bookinfo.Reviews.Ratings;

internal static class RatingsExtensions
{
    public static void AddRatings(this WebApplicationBuilder builder, ReviewsSettings settings)
    {
        if (!settings.RatingsEnabled)
        {
            return;
        }

        builder.AddUpstream(new UpstreamOptions
        {
            Name = RatingsClient.Upstream,
            Address = UpstreamAddress.Read(builder.Configuration, RatingsClient.Upstream),
            Timeout = settings.RatingsTimeout,
            Headers = ForwardedHeaders.WithEndUser,
        });
        builder.Services.AddSingleton(services => new RatingsClient(
            services.GetUpstream(RatingsClient.Upstream), services.GetRequiredService<ILogger<RatingsClient>>()));
    }
}
