using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Any endpoint.</summary>
internal sealed class RandomBalancer(UpstreamHost[] hosts, Randomness randomness) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => hosts.Length == 0 ? null : hosts[randomness.Below(hosts.Length)];
}
