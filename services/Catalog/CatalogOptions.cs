using Bookinfo.ServiceDefaults;

namespace Bookinfo.Catalog;

/// <summary>The settings of this service beyond those that every service has.</summary>
internal sealed class CatalogOptions
{
    private const int Longest = 3_600_000;

    /// <summary>True from release v2 on: answers carry the average of the ratings.</summary>
    public bool SummarizesRatings { get; private set; }

    /// <summary>
    /// How long a call to another service may take, the body included: <c>UPSTREAM_TIMEOUT_MILLISECONDS</c>, default 3000.
    /// </summary>
    public TimeSpan UpstreamTimeout { get; private set; }

    /// <summary>How long a watch waits between two looks at the ratings: <c>WATCH_INTERVAL_MILLISECONDS</c>, default 1000.</summary>
    public TimeSpan WatchInterval { get; private set; }

    /// <exception cref="SettingException">A number is none, or out of range.</exception>
    public void Read(IConfiguration settings)
    {
        SummarizesRatings = settings.Text("SERVICE_VERSION", "v1") != "v1";
        UpstreamTimeout = TimeSpan.FromMilliseconds(settings.Number("UPSTREAM_TIMEOUT_MILLISECONDS", 3_000, 1, Longest));
        WatchInterval = TimeSpan.FromMilliseconds(settings.Number("WATCH_INTERVAL_MILLISECONDS", 1_000, 1, Longest));
    }
}
