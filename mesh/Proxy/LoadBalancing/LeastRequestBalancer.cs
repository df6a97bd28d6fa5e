using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>The one of two random endpoints with fewer requests under way, the first where both have the same: Istio's default.</summary>
internal sealed class LeastRequestBalancer(UpstreamHost[] hosts, Randomness randomness) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange)
    {
        if (hosts.Length <= 1)
        {
            return hosts.Length == 0 ? null : hosts[0];
        }

        var first = hosts[randomness.Below(hosts.Length)];
        var second = hosts[randomness.Below(hosts.Length)];
        return second.ActiveRequests < first.ActiveRequests ? second : first;
    }
}
