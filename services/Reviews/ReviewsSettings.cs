using Bookinfo.ServiceDefaults;

namespace Bookinfo.Reviews;

/// <summary>What makes the releases differ: v1 has no ratings, v2 black stars, v3 red ones.</summary>
/// <param name="RatingsEnabled">Whether ratings are asked for (<c>ENABLE_RATINGS</c>).</param>
/// <param name="StarColor">The stars' colour (<c>STAR_COLOR</c>).</param>
/// <param name="ClusterName">The cluster's name (<c>CLUSTER_NAME</c>); unset it is the word null, as Java printed it.</param>
internal sealed record ReviewsSettings(bool RatingsEnabled, string StarColor, string ClusterName)
{
    /// <summary>How long to wait for ratings. Part of a lesson: productpage is less patient than v2, and more than v3.</summary>
    public TimeSpan RatingsTimeout => TimeSpan.FromSeconds(StarColor == "black" ? 10 : 2.5);

    /// <exception cref="SettingException">A setting has a value that means nothing.</exception>
    public static ReviewsSettings Read(IConfiguration configuration) =>
        new(configuration.Flag("ENABLE_RATINGS"), configuration.Text("STAR_COLOR", "black"), configuration.Text("CLUSTER_NAME", "null"));
}
