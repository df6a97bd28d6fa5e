using Bookinfo.Mesh.Http1.Pooling;
using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Limits;
using Bookinfo.Mesh.Proxy.LoadBalancing;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Outliers;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy.Clusters;

/// <summary>
/// One caller's view of one destination under the rules in force: the policy from the rules, the condition of the endpoints from before.
/// </summary>
internal sealed class Cluster
{
    /// <summary>
    /// How often another endpoint is looked for in place of one that was tried (<c>host_selection_retry_max_attempts</c>).
    /// </summary>
    private const int MostReselections = 5;

    private readonly ClusterState _state;
    private readonly ConnectionSettings _connectionSettings;
    private readonly LoadBalancers _balancers;
    private volatile View _view;
    private volatile Http1Pools? _http1;
    private volatile Http2Connections? _http2;

    public Cluster(ClusterSpec spec, ClusterState state, TrafficSeries series, Randomness randomness, TimeProvider time)
    {
        Spec = spec;
        Series = series;
        Hosts = [.. spec.Endpoints.Select(state.Host)];
        _state = state;
        _connectionSettings = ConnectionSettings.From(spec.Policy.ConnectionPool, spec.Service.ByRequestedHost);
        Limits = new RequestLimits(spec.Policy.ConnectionPool, state.InUse);
        _balancers = new LoadBalancers(spec.Policy.LoadBalancer, state.Position, randomness, time);
        Outliers = spec.Policy.OutlierDetection is { } outliers
            ? new OutlierDetector(new OutlierSettings(outliers), Hosts, state.Started, time) : null;
        _view = new View(spec.Service.ByRequestedHost ? new RequestedHostBalancer(state, spec.Service.Port) : _balancers.Over(Hosts), -1,
            DateTimeOffset.MinValue);
    }

    public ClusterSpec Spec { get; }

    public UpstreamHost[] Hosts { get; }

    public RequestLimits Limits { get; }

    /// <summary>The circuit breaker; null where no rule asks for one.</summary>
    public OutlierDetector? Outliers { get; }

    /// <summary>Where requests are counted that no endpoint answered.</summary>
    public TrafficSeries Series { get; }

    /// <summary>The HTTP/1.1 connections to one of the endpoints.</summary>
    public Http1Pool Http1PoolOf(UpstreamHost host) =>
        (_http1 is { IsRetired: false } open ? open : _http1 = _state.Http1(_connectionSettings))[host];

    /// <summary>Begins a request on the HTTP/2 connections; it is ended by <see cref="Http2Connections.Leave"/>.</summary>
    public Http2Connections EnterHttp2() =>
        _http2 is { } open && open.TryEnter() ? open : _http2 = _state.EnterHttp2(_connectionSettings);


    /// <summary>
    /// The endpoint for the next try: that of the request's session for the first one, or else one that is not among those
    /// <paramref name="tried"/> where chance will have it; null where none is healthy.
    /// </summary>
    public UpstreamHost? Pick(Exchange exchange, IReadOnlyList<UpstreamHost> tried)
    {
        if (tried.Count == 0 && exchange.Preferred is { } preferred && IsHealthy(preferred))
        {
            return preferred;
        }

        var balancer = Balancer();
        var host = balancer.Pick(exchange);
        for (var i = 0; i < MostReselections && host is not null && tried.Contains(host); i++)
        {
            host = balancer.Pick(exchange);
        }

        return host;
    }

    /// <summary>The endpoint of an address; null where it is none of this destination's.</summary>
    public UpstreamHost? Find(string address) => Array.Find(Hosts, host => host.Endpoint.Address == address);

    /// <summary>The balancer over the endpoints that are healthy now.</summary>
    public ILoadBalancer Balancer()
    {
        var view = _view;
        if (Outliers is null || Spec.Service.ByRequestedHost || (view.Version == Outliers.Version && Outliers.Now < view.Until))
        {
            return view.Balancer;
        }

        var version = Outliers.Version;
        var (healthy, until) = Outliers.Healthy(Outliers.Now);
        _view = view = new View(_balancers.Over(healthy), version, until);
        return view.Balancer;
    }

    private bool IsHealthy(UpstreamHost host) => Outliers is null || Outliers.Healthy(Outliers.Now).Hosts.Contains(host);

    /// <summary>A balancer over the endpoints that were healthy at a moment.</summary>
    private sealed record View(ILoadBalancer Balancer, long Version, DateTimeOffset Until);
}
