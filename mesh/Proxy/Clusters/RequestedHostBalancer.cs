using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// The endpoint is whatever host the request names: for unknown hosts, and for ServiceEntries with resolution NONE or DYNAMIC_DNS.
/// </summary>
internal sealed class RequestedHostBalancer(ClusterState state, int port) : ILoadBalancer
{
    private const int PlainHttp = 80;
    private static readonly Dictionary<string, string> NoLabels = [];

    public UpstreamHost? Pick(Exchange exchange)
    {
        var (host, requestedPort) = Authority.Split(exchange.Context.Request.Headers.Host.ToString());
        var name = host.Trim("[]").ToString();
        return Uri.CheckHostName(name) == UriHostNameType.Unknown
            ? null
            : state.Host(new Endpoint(name, requestedPort ?? (port > 0 ? port : PlainHttp), NoLabels, null));
    }
}
