using System.Net;
using Bookinfo.Mesh.Proxy.Clusters;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Forwarding;
using Bookinfo.Mesh.Proxy.Listeners;
using Bookinfo.Mesh.Proxy.Passthrough;
using Bookinfo.Mesh.Proxy.Pipeline;
using Bookinfo.Mesh.Proxy.Registry;
using Bookinfo.Mesh.Proxy.Telemetry;
using Bookinfo.Mesh.Traffic;

namespace Bookinfo.Mesh.Proxy;

/// <summary>A running mesh: a sidecar for each pod and the ingress gateway, in one Kestrel server, under Istio's rules.</summary>
public sealed class MeshServer : IAsyncDisposable
{
    private readonly MeshOptions _options;
    private readonly IReadOnlyList<Caller> _callers;
    private readonly MeshListeners _listeners;
    private readonly RuleCompiler _compiler;
    private readonly ClusterStore _clusters;
    private readonly TrafficLedger _ledger;
    private readonly RulesHolder _rules;
    private readonly Lock _applying = new();

    private MeshServer(MeshOptions options, RuleSet rules)
    {
        _options = options;
        _callers = Callers.Of(options);
        _ledger = new TrafficLedger();
        _clusters = new ClusterStore(_ledger, options.Randomness, options.Time);
        _compiler = new RuleCompiler(options, _callers, _clusters, new UpstreamRequest(new UpstreamTry(YarpForwarder.Create(options.Time), options.Time), options.Randomness, options.Time));
        _rules = new RulesHolder(_compiler.Compile(new RulesInForce(rules, 1, options.Time.GetUtcNow())));
        _listeners = new MeshListeners(_callers);
    }

    /// <summary>The rules that every new request is judged by.</summary>
    public RulesInForce Rules => _rules.Current.Rules;

    /// <summary>Every pod the mesh was started with.</summary>
    public IReadOnlyList<Pod> Pods => _options.Pods;

    /// <summary>Every service the mesh was started with.</summary>
    public IReadOnlyList<MeshService> Services => _options.Services;

    /// <summary>Where the gateway listens, with the port it was given where the options asked for port 0; null for a mesh without a gateway.</summary>
    public IPEndPoint? Gateway => _callers.FirstOrDefault(caller => caller.IsGateway) is { } gateway ? _listeners.AddressOf(gateway) : null;

    /// <summary>Compiles the rules and opens every listener.</summary>
    /// <exception cref="RuleCompilationException">The rules ask for what the mesh cannot do.</exception>
    /// <exception cref="IOException">A listener's address is in use.</exception>
    public static async Task<MeshServer> StartAsync(MeshOptions options, RuleSet rules, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rules);
        var server = new MeshServer(options, rules);
        var recorder = new TrafficRecorder(server._ledger, options.Time);
        var pipeline = new RequestPipeline(new UnknownHosts(options, server._ledger), recorder);
        try
        {
            await server._listeners.StartAsync(new MeshApplication(pipeline, server._rules, options.Time), cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>
    /// Compiles another set aside and puts it into force in one step: requests under way end under the rules they began with, later ones see the
    /// new set alone. Ejections, limits in use and the like stay where the destination stays.
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

    /// <summary>Where a pod's outbound listener is, with the port it was given where its <see cref="Pod.Outbound"/> asked for port 0.</summary>
    /// <exception cref="ArgumentException">The pod is none of this mesh, or has no outbound listener.</exception>
    public IPEndPoint OutboundOf(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return _callers.FirstOrDefault(caller => !caller.IsGateway && caller.Name == pod.Name) is { } caller
            ? _listeners.AddressOf(caller)
            : throw new ArgumentException($"The mesh has no outbound listener for the pod {pod.Name}.", nameof(pod));
    }

    /// <summary>What was counted since the start; <see cref="TrafficSnapshot.Since"/> tells what was counted since an earlier one.</summary>
    public TrafficSnapshot Traffic() => new(
        _options.Time.GetUtcNow(), Rules.Revision,
        TrafficEntry.WithShares(_ledger.Cells.Select(TrafficEntry.From).Where(entry => entry.Requests > 0)));

    /// <summary>Stops listening; requests under way get two seconds.</summary>
    public ValueTask DisposeAsync() => _listeners.DisposeAsync();
}
