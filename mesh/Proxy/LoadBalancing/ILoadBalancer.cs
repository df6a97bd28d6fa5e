using Bookinfo.Mesh.Proxy.Clusters;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Picks the endpoint for a try.</summary>
internal interface ILoadBalancer
{
    /// <summary>The endpoint, or null where none is to be had.</summary>
    UpstreamHost? Pick();
}
