using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Lab.Errors;
using Bookinfo.Mesh.Lab.Kubernetes;
using Bookinfo.Mesh.Lab.Model;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>The whole system in this process: the pods, the mesh between them, and the console.</summary>
internal sealed class LabHost : IAsyncDisposable
{
    private readonly PodNetwork _network;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("bookinfo-");
    private readonly PodGroup _pods = new();
    private IReadOnlyList<LabPod> _callers = [];
    private MeshHost? _mesh;
    private LabCluster? _cluster;

    private LabHost(ServiceTopology topology, PodNetwork network, GatewayApiChannel channel)
    {
        (Topology, _network) = (topology, network);
        Known = topology.ToKnownServices() with { GatewayApi = channel };
    }

    /// <summary>Whether it started without pods.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>The pods that it started with, in the order of the topology.</summary>
    public IReadOnlyList<LabPod> Pods { get; private set; } = [];

    /// <summary>The system.</summary>
    public ServiceTopology Topology { get; }

    /// <summary>What the analysis of rules knows of it.</summary>
    public KnownServices Known { get; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset Started { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>What reached each pod, by the pod's name.</summary>
    public IReadOnlyDictionary<string, PodRequestCounter> RequestCounters => _pods.RequestCounters;

    /// <summary>The mesh between them, and its console.</summary>
    public MeshHost Mesh => _mesh ?? throw new InvalidOperationException("the Lab has not started");

    /// <summary>Starts everything; when this returns, the page is there.</summary>
    /// <param name="options">What to start.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UserErrorException">The rules cannot be used, or a release is unknown.</exception>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<LabHost> StartAsync(LabOptions options, CancellationToken cancellation)
    {
        var lab = new LabHost(
            BookinfoSystem.Topology.In(options.Namespace), PodNetwork.Claim(options.HasLoopbackRange), options.GatewayApi);
        try
        {
            await lab.RunAsync(options, cancellation);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>What runs and the rules as objects of a cluster, which are made when they are first asked for.</summary>
    public LabCluster Cluster => _cluster ?? throw new InvalidOperationException("the Lab has not started");

    /// <summary>The first pod of a workload.</summary>
    /// <param name="workload">For example <c>ratings-v1</c>.</param>
    public Pod Pod(string workload) => Pods.Select(started => started.Pod).First(pod => pod.Workload.Name == workload);

    /// <summary>
    /// Stops what follows the objects, the console, the mesh and the pods, in this order, so that no request goes to a pod that is gone.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (_mesh is not null)
        {
            await _mesh.DisposeAsync();
        }

        await _pods.DisposeAsync();
        _network.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task RunAsync(LabOptions options, CancellationToken cancellation)
    {
        // In an empty Lab too, the mesh opens the listeners by which pods of each release will call others.
        _callers = LabPod.Plan(Topology, options.Optional, _network);
        IsEmpty = options.IsEmpty;
        Pods = IsEmpty ? [] : _callers;

        // Pods and mesh know each other only by address, so they start side by side.
        var podsReady = _pods.StartAsync(Pods, new PodSettings(_data.FullName, options.Settings), options.Log, cancellation);
        try
        {
            _mesh = await MeshHost.StartAsync(Setup(options), cancellation);
            _cluster = CreateCluster(_mesh, options.Log);
            if (IsEmpty)
            {
                _mesh.SetPods([]);
            }
        }
        finally
        {
            await podsReady;
        }
    }

    private LabCluster CreateCluster(MeshHost mesh, TextWriter log) => new()
    {
        Topology = Topology,
        Pods = Pods,
        IsEmpty = IsEmpty,
        LivePods = () => new LivePods(Topology, Pods, _callers, _pods, _network, mesh),
        ServiceNetwork = _network.Services,
        TellServices = mesh.SetServices,
        Rules = mesh.Rules,
        Log = log,
        Canaries = mesh.Canaries,
        Statuses = mesh.GatewayApiStatuses,
        Known = Known,
        Gateway = mesh.Gateway,
        Started = Started,
        Lines = pod => RequestCounters.GetValueOrDefault(pod)?.Lines,
    };

    private MeshSetup Setup(LabOptions options) => new()
    {
        Services = Topology.DescribeServices(),
        Pods = [.. _callers.Select(planned => planned.Pod)],
        Known = Known,
        Gateway = options.Gateway,
        Console = options.Console,
        AllowedHosts = options.AllowedHosts,
        RulePaths = options.RulePaths,
        WithBase = options.WithBase && !options.IsEmpty,
        WithDefaultRules = !options.IsEmpty,
        Randomness = options.Randomness,
        AccessLog = options.AccessLog,
        PodControl = _pods,
        Replicas = plan => _cluster?.Replicas(plan),
        Log = options.Log,
    };
}
