using System.Net;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy;

/// <summary>A running mesh: a sidecar for each pod and the ingress gateway, in one Kestrel server, under Istio's rules.</summary>
public sealed class MeshServer : IAsyncDisposable
{
    private readonly MeshOptions _options;
    private readonly ConnectionAdmission _admission;
    private readonly CallerListeners _listeners;
    private readonly ClusterStore _clusters;
    private readonly TrafficMetrics _metrics;
    private readonly RequestHistory? _history;
    private readonly RulesHolder _rules;
    private readonly OwnListeners _ownListeners = new();
    private readonly UpstreamRequest _upstream;
    private readonly Lock _applying = new();
    private RuleCompiler _compiler;
    private volatile IReadOnlyList<Caller> _callers;
    private volatile IReadOnlyList<Pod> _pods;
    private volatile IReadOnlyList<MeshService> _services;

    private MeshServer(MeshOptions options, RuleSet rules)
    {
        // The access log follows the wall clock; all else goes by a clock that never jumps.
        _options = options = options with { Time = new SteadyTime(options.Time) };
        (_pods, _services) = (options.Pods, options.Services);
        _callers = Callers.Of(options);
        _metrics = new TrafficMetrics();
        _history = options.KeptRequests > 0 ? new RequestHistory(options.KeptRequests, options.Time) : null;
        _clusters = new ClusterStore(_metrics, _ownListeners, options.Randomness, options.Time);
        _upstream = new UpstreamRequest(
            new UpstreamClients(new Http1UpstreamClient(options.Time), YarpUpstreamClient.Create(options.Time, options.Logging)),
            new UpstreamLog(options.Logging.CreateLogger<UpstreamLog>()), options.Randomness, options.Time);
        _compiler = new RuleCompiler(options, _callers, _clusters);
        _rules = new RulesHolder(_compiler.Compile(new RulesInForce(rules, 1, options.Time.GetUtcNow())));
        _admission = new ConnectionAdmission(
            options.OpenFiles, _clusters.CloseIdle, options.Time, options.Logging.CreateLogger<ConnectionAdmission>());
        _listeners = new CallerListeners(_callers, _ownListeners, _admission, options.DrainTime, options.Logging);
    }

    /// <summary>The rules that every new request is judged by.</summary>
    public RulesInForce Rules => _rules.Current.Rules;

    /// <summary>The status of each resource of the Gateway API in these rules, as the API server would show it.</summary>
    public IReadOnlyList<GatewayApiStatus> GatewayApiStatuses => _rules.Current.Statuses;

    /// <summary>Every pod that requests may go to.</summary>
    public IReadOnlyList<Pod> Pods => _pods;

    /// <summary>Every service that requests may go to.</summary>
    public IReadOnlyList<MeshService> Services => _services;

    /// <summary>
    /// Where the gateway listens, with the port it was given where the options asked for port 0; null for a mesh without a gateway.
    /// </summary>
    public IPEndPoint? Gateway => _callers.FirstOrDefault(caller => caller.IsGateway) is { } gateway ? _listeners.AddressOf(gateway) : null;

    /// <summary>Closes the connections to pods that no request uses. The next request opens another.</summary>
    public void CloseIdleConnections() => _clusters.CloseIdle();

    /// <summary>Finds out what a mesh with these options could not do of the rules, without opening a listener.</summary>
    /// <returns>What <see cref="StartAsync"/> and <see cref="Apply"/> would throw; empty where they would take the rules.</returns>
    public static IReadOnlyList<Problem> Refusals(MeshOptions options, RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rules);
        try
        {
            _ = new MeshServer(options, rules);
            return [];
        }
        catch (RuleCompilationException e)
        {
            return e.Problems;
        }
    }

    /// <summary>Compiles the rules and opens every listener.</summary>
    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    /// <exception cref="IOException">A listener's address is in use.</exception>
    public static async Task<MeshServer> StartAsync(MeshOptions options, RuleSet rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rules);
        var server = new MeshServer(options, rules);
        var log = options.AccessLog is null ? null : new AccessLog(options.AccessLog, options.Time);
        var pipeline = new RequestPipeline(
            new RequestAdmission(server._options.OpenFiles.Most, server._options.Time),
            server._rules,
            new RouteExecutor(server._upstream, server._metrics, options.Randomness),
            new UnknownHosts(options, server._upstream, server._metrics),
            new TrafficRecorder(
                server._metrics, server._history, log, new RequestLog(options.Logging.CreateLogger(RequestLog.Category)), options.Time),
            new UnhandledExceptionHandler(options.Logging.CreateLogger<MeshServer>()));
        try
        {
            await server._listeners.StartAsync(new MeshApplication(pipeline, options.Time), cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>
    /// Compiles another set aside and puts it into force in one step: requests under way end under the rules they began with, later ones
    /// see only the new set. Ejections, limits in use and the like stay where the destination stays.
    /// </summary>
    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do; those before stay in force.</exception>
    public RulesInForce Apply(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        lock (_applying)
        {
            var tables = _compiler.Compile(new RulesInForce(rules, Rules.Revision + 1, _options.Time.GetUtcNow()));
            _rules.Replace(tables);
            _clusters.Prune(tables.Knows);
            return tables.Rules;
        }
    }

    /// <summary>
    /// Sends requests to other pods from now on, as endpoints come and go on a cluster; requests under way end where they are. What is
    /// known of pods that stay, stays. By what listener a new pod calls others, <see cref="OpenOutboundAsync"/> says.
    /// </summary>
    /// <param name="pods">Every pod that requests may go to.</param>
    public void SetPods(IReadOnlyList<Pod> pods)
    {
        ArgumentNullException.ThrowIfNull(pods);
        lock (_applying)
        {
            Compile(_callers, pods, _services);
        }
    }

    /// <summary>
    /// Knows other services from now on, as they are made and deleted on a cluster. What is known of those that stay, stays.
    /// </summary>
    /// <param name="services">Every service.</param>
    public void SetServices(IReadOnlyList<MeshService> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        lock (_applying)
        {
            Compile(_callers, _pods, services);
        }
    }

    /// <summary>
    /// Opens the outbound listener of a pod that came after the start, so that the mesh knows its calls as its own. Where the pod has none,
    /// or the mesh has opened one for its name, nothing happens.
    /// </summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The address is in use.</exception>
    public async Task OpenOutboundAsync(Pod pod, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pod);
        Caller caller;
        lock (_applying)
        {
            if (pod.Outbound is null || _callers.Any(known => !known.IsGateway && known.Name == pod.Name))
            {
                return;
            }

            caller = Callers.Sidecar(pod, _callers);
            Compile([.. _callers, caller], _pods, _services);
        }

        try
        {
            await _listeners.OpenAsync(caller, cancellation);
        }
        catch
        {
            Forget(caller);
            throw;
        }
    }

    /// <summary>
    /// Closes the outbound listener of a pod that has gone; requests under way get <see cref="MeshOptions.DrainTime"/>. One that was opened
    /// at the start stays open.
    /// </summary>
    /// <param name="pod">The pod's name.</param>
    public async Task CloseOutboundAsync(string pod)
    {
        if (_listeners.FindLater(pod) is { } caller)
        {
            await _listeners.CloseAsync(caller);
            Forget(caller);
        }
    }

    /// <summary>
    /// Where a pod's outbound listener is, with the port it was given where its <see cref="Pod.Outbound"/> asked for port 0.
    /// </summary>
    /// <exception cref="ArgumentException">The pod is none of this mesh, or has no outbound listener.</exception>
    public IPEndPoint OutboundOf(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return _callers.FirstOrDefault(caller => !caller.IsGateway && caller.Name == pod.Name) is { } caller
            ? _listeners.AddressOf(caller)
            : throw new ArgumentException($"The mesh has no outbound listener for the pod {pod.Name}.", nameof(pod));
    }

    /// <summary>
    /// What was counted since the start; <see cref="TrafficSnapshot.Since"/> tells what was counted since an earlier one.
    /// </summary>
    public TrafficSnapshot Traffic() => new(
        _options.Time.GetUtcNow(), Rules.Revision,
        TrafficEntry.WithShares(_metrics.All.Where(series => series.Labels.Reporter == Reporter.Source).Select(TrafficEntry.From)
            .Where(entry => entry.Requests > 0)));

    /// <summary>What was counted since the start, series by series under Istio's labels: what <see cref="WriteMetrics"/> writes.</summary>
    public IReadOnlyList<RequestSeries> RequestSeries() => [.. _metrics.All.SelectMany(Proxy.RequestSeries.From)];

    /// <summary>
    /// The last requests that are over, the newest first: of each caller to each release as many as <see cref="MeshOptions.KeptRequests"/>.
    /// </summary>
    public IReadOnlyList<RecentRequest> RecentRequests() => _history is null ? []
        : [.. _history.All.Select(kept => RecentRequest.From(kept.Labels, kept.Request)).OrderByDescending(request => request.At)];

    /// <summary>Every endpoint that somebody has called under the rules in force, and how it stands with the circuit breaker.</summary>
    public IReadOnlyList<EndpointStatus> Endpoints()
    {
        var now = _options.Time.GetUtcNow();
        return [.. _rules.Current.Clusters.SelectMany(table => table.InUse, (table, cluster) => (table.Caller, cluster))
            .SelectMany(use => use.cluster.Hosts, (use, host) => new EndpointStatus(
            use.Caller.Name, use.cluster.Spec.Name, host.Endpoint.Pod?.Name, host.Endpoint.Address, host.Health.IsEjected(now),
            host.Health.IsEjected(now) ? new DateTimeOffset(host.Health.EjectedUntil, TimeSpan.Zero) : null, host.Health.Ejections,
                host.ActiveRequests))];
    }

    /// <summary>Says where a request would go and why, without sending it.</summary>
    /// <exception cref="ArgumentException">No caller of the mesh has that name.</exception>
    public Explanation Explain(ExplainRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new Explainer(_rules.Current, _callers, _options).Explain(request);
    }

    /// <summary>Writes what was counted since the start as Prometheus' text, under Istio's metric names.</summary>
    public void WriteMetrics(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var text = new PrometheusText(writer);
        text.Write([.. _metrics.All]);
        text.WriteRefusedConnections(_admission.Refused);
    }

    private void Forget(Caller caller)
    {
        lock (_applying)
        {
            Compile([.. _callers.Where(other => other != caller)], _pods, _services);
        }
    }

    private void Compile(IReadOnlyList<Caller> callers, IReadOnlyList<Pod> pods, IReadOnlyList<MeshService> services)
    {
        var compiler = new RuleCompiler(_options with { Pods = pods, Services = services }, callers, _clusters);
        var tables = compiler.Compile(Rules);
        (_compiler, _callers, _pods, _services) = (compiler, callers, pods, services);
        _rules.Replace(tables);
        _clusters.Prune(tables.Knows);
    }

    /// <summary>
    /// Stops listening; requests under way get <see cref="MeshOptions.DrainTime"/>. Then the connections to pods are closed.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        _clusters.Prune(static (_, _) => false);
    }
}
