using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>One after the other.</summary>
internal sealed class RoundRobinBalancer(UpstreamHost[] hosts, RoundRobinPosition position) : ILoadBalancer
{
    public UpstreamHost? Pick(Exchange exchange) => hosts.Length == 0 ? null : hosts[(int)(position.Next() % (uint)hosts.Length)];
}

/// <summary>Whose turn it is. It outlives the rules and the endpoints' health, so that a change does not start the round again.</summary>
internal sealed class RoundRobinPosition
{
    private uint _next;

    /// <summary>The next place in the round, from 0.</summary>
    public uint Next() => Interlocked.Increment(ref _next) - 1;
}
