using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>One caller's view of one destination under the rules in force: the policy from the rules, the condition of the endpoints from before.</summary>
internal sealed class Cluster
{
    public Cluster(ClusterSpec spec, ClusterState state, TrafficCell cell, Randomness randomness)
    {
        Spec = spec;
        Cell = cell;
        Hosts = [.. spec.Endpoints.Select(state.Host)];
        Connections = state.Connections(ConnectionSettings.From(spec.Policy.ConnectionPool));
        Balancer = LoadBalancers.Create(spec.Policy.LoadBalancer, Hosts, state, randomness);
    }

    public ClusterSpec Spec { get; }

    public UpstreamHost[] Hosts { get; }

    public ILoadBalancer Balancer { get; }

    public HttpMessageInvoker Connections { get; }

    /// <summary>Where requests are counted that no endpoint answered.</summary>
    public TrafficCell Cell { get; }
}
