using Bookinfo.ServiceDefaults;

namespace Bookinfo.Catalog;

/// <summary>What the configuration says of this service beyond what every service has.</summary>
/// <param name="SummarizesRatings">True from release v2 on: answers carry what the ratings come to.</param>
/// <param name="UpstreamTimeout">How long a call to another service may take, the body included.</param>
/// <param name="WatchInterval">How long a watch waits between two looks at the ratings.</param>
internal sealed record CatalogSettings(bool SummarizesRatings, TimeSpan UpstreamTimeout, TimeSpan WatchInterval)
{
    private const int Longest = 3_600_000;

    /// <summary>Reads <c>SERVICE_VERSION</c>, <c>UPSTREAM_TIMEOUT_MILLISECONDS</c> (default 3000) and <c>WATCH_INTERVAL_MILLISECONDS</c> (default 1000).</summary>
    /// <exception cref="SettingException">A number is none, or out of range.</exception>
    public static CatalogSettings Read(IConfiguration configuration) => new(
        configuration.Text("SERVICE_VERSION", "v1") != "v1",
        TimeSpan.FromMilliseconds(configuration.Number("UPSTREAM_TIMEOUT_MILLISECONDS", 3_000, 1, Longest)),
        TimeSpan.FromMilliseconds(configuration.Number("WATCH_INTERVAL_MILLISECONDS", 1_000, 1, Longest)));
}
