using System.Net;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Lab.Rules;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.TrafficConsole;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Model;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>A mesh and its console.</summary>
internal sealed partial class MeshHost : IPodMesh, IAsyncDisposable
{
    private readonly MeshSetup _setup;
    private readonly MeshServer _mesh;
    private readonly ConsoleServer? _console;

    private MeshHost(MeshSetup setup, MeshServer mesh, RuleStore rules, ConsoleServer? console) =>
        (_setup, _mesh, Rules, _console) = (setup, mesh, rules, console);

    /// <summary>Where rules are handed in.</summary>
    public RuleStore Rules { get; }

    /// <summary>Closes the connections to pods that no request uses.</summary>
    public void CloseIdleConnections() => _mesh.CloseIdleConnections();

    /// <summary>Where the gateway listens, or null.</summary>
    public IPEndPoint? Gateway => _mesh.Gateway;

    /// <summary>Where the console listens, or null.</summary>
    public IPEndPoint? Console => _console?.Address;

    /// <summary>Runs canaries; null where there is no console.</summary>
    public CanaryRunner? Canaries => _console?.Canaries;

    /// <summary>What requests to the console must carry; null where they need nothing.</summary>
    public string? ConsoleToken => _console?.Token;

    /// <summary>Starts them with the setup's rules.</summary>
    /// <param name="setup">What to start.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserErrorException">The rules cannot be used.</exception>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<MeshHost> StartAsync(MeshSetup setup, CancellationToken cancellation)
    {
        var below = setup.WithBase ? RulePlaces.Base(setup.Known.Namespace) : RuleSet.Empty;
        var paths = setup.RulePaths.Count > 0 || !setup.WithDefaultRules ? setup.RulePaths : [RulePlaces.Default];
        var start = StartingRules.Prepare(paths, below, setup.Known, setup.Log);
        var kept = setup.RulesFile is null ? null : new KeptRules(setup.RulesFile, setup.Known, setup.Log);
        var rules = kept?.Load() ?? start;
        var mesh = await StartMeshAsync(setup, rules.Rules, cancellation);
        try
        {
            var store = new RuleStore(mesh, setup.Known, below, rules, start, changed =>
            {
                kept?.Save(changed);
                RulesChanged(Logging(setup).CreateLogger<MeshHost>(), mesh.Rules.Revision,
                    Messages.AllOf(changed.VirtualServices.Select(rule => rule.Subject)));
            });
            var console = setup.Console is null ? null : await ConsoleServer.StartAsync(ConsoleOptions(setup, mesh, store), cancellation);
            return new MeshHost(setup, mesh, store, console);
        }
        catch
        {
            await mesh.DisposeAsync();
            throw;
        }
    }

    /// <summary>How it stands with the resources of the Gateway API in force.</summary>
    public IReadOnlyList<GatewayApiStatus> GatewayApiStatuses() => _mesh.GatewayApiStatuses;

    /// <inheritdoc/>
    public void SetPods(IReadOnlyList<Pod> pods) => _mesh.SetPods(pods);

    /// <inheritdoc/>
    public Task OpenOutboundAsync(Pod pod, CancellationToken cancellation) => _mesh.OpenOutboundAsync(pod, cancellation);

    /// <inheritdoc/>
    public Task CloseOutboundAsync(string pod) => _mesh.CloseOutboundAsync(pod);

    /// <summary>Serves other Services from now on; those of the topology's releases come with the Service of the release.</summary>
    /// <param name="services">Each port of each Service.</param>
    public void SetServices(IReadOnlyList<MeshService> services)
    {
        var known = _setup.Known;
        var releases = _setup.Services.Where(service => services.Any(one => one.Name == service.Name && one.Namespace == known.Namespace))
            .SelectMany(service => service.ToMeshServices(known.Namespace)).Where(one => services.All(other =>
                other.Name != one.Name || other.Namespace != one.Namespace));
        _mesh.SetServices([.. services, .. releases]);
        var here = services.Where(service => service.Namespace == known.Namespace)
            .ToLookup(service => service.Name);
        Rules.SetServices(known with
        {
            ServiceNames = [.. here.Select(service => service.Key)],
            Ports = here.ToDictionary(service => service.Key, IReadOnlyCollection<int> (service) => [.. service.Select(one => one.Port)]),
            PortNames = here.ToDictionary(service => service.Key, IReadOnlyDictionary<string, int> (service) =>
                service.Where(one => one.PortName is not null).DistinctBy(one => one.PortName)
                    .ToDictionary(one => one.PortName!, one => one.Port)),
            TcpPorts = here.ToDictionary(service => service.Key, IReadOnlyCollection<int> (service) =>
                [.. service.Where(one => PortProtocols.IsTcp(one.Protocol)).Select(one => one.Port)]),
            Hosts = [.. known.Hosts, .. services.Where(service => service.Namespace != known.Namespace)
                .Select(service => $"{service.Name}.{service.Namespace}").Distinct()],
        });
    }

    /// <summary>Says where a request would go and why, without sending it.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="UserErrorException">No caller of the mesh has that name.</exception>
    public Explanation Explain(ExplainRequest request) =>
        _mesh.TryExplain(request, out var explanation, out var error) ? explanation : throw new UserErrorException(error, ExitCodes.Usage);

    /// <summary>Stops the console, then the mesh.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_console is not null)
        {
            await _console.DisposeAsync();
        }

        await _mesh.DisposeAsync();
    }

    private static async Task<MeshServer> StartMeshAsync(MeshSetup setup, RuleSet rules, CancellationToken cancellation)
    {
        try
        {
            return await MeshServer.StartAsync(Options(setup), rules, cancellation);
        }
        catch (RuleCompilationException e)
        {
            throw StartingRules.Refused(e.Problems, setup.Log);
        }
    }

    private static MeshOptions Options(MeshSetup setup) => new()
    {
        Services = [.. setup.Services.SelectMany(service => service.ToMeshServices(setup.Known.Namespace))],
        Pods = setup.Pods,
        Gateway = setup.Gateway,
        Namespace = setup.Known.Namespace,
        ClusterDomain = setup.Known.ClusterDomain,
        Randomness = setup.Randomness,
        AccessLog = setup.AccessLog,
        KeptRequests = setup.Console is null ? 0 : 20,
        DrainTime = setup.DrainTime,
        Logging = Logging(setup),
    };

    private static ConsoleOptions ConsoleOptions(MeshSetup setup, MeshServer mesh, RuleStore store) => new()
    {
        Address = setup.Console!,
        Mesh = mesh,
        Rules = store,
        Services = setup.Services,
        Examples = RulePlaces.LoadExamples([.. setup.Services.Select(service => service.Name)]),
        Rollouts = RulePlaces.LoadRollouts(),
        AllowedHosts = setup.AllowedHosts,
        Token = setup.ConsoleToken,
        PodControl = setup.PodControl,
        Replicas = setup.Replicas,
        Logging = Logging(setup),
    };

    private static ILoggerFactory Logging(MeshSetup setup) => setup.Logging ?? new PodLog("mesh", setup.Log);

    [LoggerMessage(1, LogLevel.Information, "The rules have changed. Revision {Revision} is in force: {VirtualServices}.")]
    private static partial void RulesChanged(ILogger logger, long revision, string virtualServices);
}
