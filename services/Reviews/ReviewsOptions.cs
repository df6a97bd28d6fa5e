using Bookinfo.ServiceDefaults;

namespace Bookinfo.Reviews;

/// <summary>What makes the releases differ: v1 has no ratings, v2 black stars, v3 red ones.</summary>
internal sealed class ReviewsOptions
{
    /// <summary>The setting of <see cref="EnableRatings"/>.</summary>
    public const string RatingsKey = "ENABLE_RATINGS";

    /// <summary>Whether the reviews have stars, which ratings is asked for.</summary>
    public bool EnableRatings { get; private set; }

    /// <summary>The stars' colour, <c>STAR_COLOR</c>.</summary>
    public string StarColor { get; private set; } = "black";

    /// <summary>The cluster's name, <c>CLUSTER_NAME</c>; where it is unset it is the word null, as Java printed it.</summary>
    public string ClusterName { get; private set; } = "null";

    /// <summary>
    /// How long to wait for ratings. Part of a lesson: productpage waits for less than v2 does, and for more than v3 does.
    /// </summary>
    public TimeSpan RatingsTimeout => TimeSpan.FromSeconds(StarColor == "black" ? 10 : 2.5);

    /// <exception cref="SettingException">A setting has a wrong value.</exception>
    public void Read(IConfiguration settings)
    {
        EnableRatings = settings.Flag(RatingsKey);
        StarColor = settings.Text("STAR_COLOR", StarColor);
        ClusterName = settings.Text("CLUSTER_NAME", ClusterName);
    }
}
