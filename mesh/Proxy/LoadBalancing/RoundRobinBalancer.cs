using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>One after the other.</summary>
internal sealed class RoundRobinBalancer(UpstreamHost[] hosts, ClusterState state) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => hosts.Length == 0 ? null : hosts[(int)(state.NextTurn() % (uint)hosts.Length)];
}
