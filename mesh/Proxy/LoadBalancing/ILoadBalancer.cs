using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Picks the endpoint for a try, out of those that were healthy when it was made.</summary>
internal interface ILoadBalancer
{
    /// <summary>The endpoint, or null where there is none.</summary>
    UpstreamHost? Pick(Exchange exchange);
}
