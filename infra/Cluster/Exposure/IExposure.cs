using Bookinfo.Cluster.Settings;
using Pulumi;

namespace Bookinfo.Cluster.Exposure;

/// <summary>A way in from outside.</summary>
internal interface IExposure
{
    /// <summary>Which way.</summary>
    ExposureKind Kind { get; }

    /// <summary>Where the page is, as one types it into a browser.</summary>
    Output<string> Url { get; }
}
