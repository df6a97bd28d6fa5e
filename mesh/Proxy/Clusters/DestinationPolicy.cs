using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>The parts of a TrafficPolicy that hold for one destination after host, subset and port have been merged.</summary>
internal sealed record DestinationPolicy(LoadBalancerSettings? LoadBalancer, ConnectionPoolSettings? ConnectionPool,
    OutlierDetection? OutlierDetection)
{
    /// <summary>What holds where no DestinationRule says otherwise.</summary>
    public static DestinationPolicy Default { get; } = new(null, null, null);

    /// <summary>
    /// The host's policy, overlaid part by part by the subset's. Settings of a port hold in place of everything on their level, without
    /// inheriting. Source: <c>pilot/pkg/networking/util: MergeTrafficPolicy</c>.
    /// </summary>
    public static DestinationPolicy Merge(TrafficPolicy? host, TrafficPolicy? subset, int port) =>
        Overlay(Overlay(Default, host, port), subset, port);

    private static DestinationPolicy Overlay(DestinationPolicy below, TrafficPolicy? policy, int port)
    {
        if (policy is null)
        {
            return below;
        }

        foreach (var settings in policy.PortLevelSettings)
        {
            if (settings.Port == port)
            {
                return new DestinationPolicy(settings.LoadBalancer, settings.ConnectionPool, settings.OutlierDetection);
            }
        }

        return new DestinationPolicy(
            policy.LoadBalancer ?? below.LoadBalancer,
            policy.ConnectionPool ?? below.ConnectionPool,
            policy.OutlierDetection ?? below.OutlierDetection);
    }
}
