using System.Net;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Pods;

/// <summary>
/// The pods that run now. Others are started and stopped while the Lab runs, and the mesh sends requests to a pod from when it is ready
/// until it is about to stop.
/// </summary>
internal sealed class LivePods
{
    /// <summary>The most pods that a service has addresses for.</summary>
    private const int Addresses = 254;

    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(30);

    private readonly ServiceTopology _topology;
    private readonly PodGroup _group;
    private readonly PodNetwork _network;
    private readonly IPodMesh _mesh;
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, Pod> _callers;
    private readonly Lock _lock = new();
    private IReadOnlyList<LabPod> _serving;

    /// <summary>Takes over the pods of a Lab.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="started">The pods that the Lab started with.</param>
    /// <param name="callers">The pods for whose calls the mesh has listeners.</param>
    /// <param name="group">What starts and stops them.</param>
    /// <param name="network">Where addresses come from.</param>
    /// <param name="mesh">Is told of each change.</param>
    public LivePods(ServiceTopology topology, IReadOnlyList<LabPod> started, IReadOnlyList<LabPod> callers, PodGroup group,
        PodNetwork network, IPodMesh mesh)
    {
        (_topology, _group, _network, _mesh, _serving) = (topology, group, network, mesh, started);
        _names = [.. started.Select(pod => pod.Pod.Name)];
        _callers = callers.ToDictionary(pod => pod.Pod.Name, pod => pod.Pod);
        foreach (var pod in started)
        {
            Next(pod.Planned.Service.Name);
            Next(pod.Planned.Workload);
        }
    }

    /// <summary>Gives another pod its name and its addresses.</summary>
    /// <param name="service">The service whose program it runs.</param>
    /// <param name="release">The release.</param>
    /// <param name="workload">What it is a copy of, with its labels.</param>
    /// <param name="name">Its name; null for the workload's with the next number.</param>
    public LabPod Plan(BookService service, Release release, Workload workload, string? name = null)
    {
        lock (_lock)
        {
            var replica = 1;
            for (name ??= ""; name.Length == 0 || _names.Contains(name); name = $"{workload.Name}-{replica}")
            {
                replica = Next(workload.Name);
            }

            _names.Add(name);
            var planned = new PlannedPod(service, release, replica);
            var number = _topology.Services.ToList().FindIndex(known => known.Name == service.Name) + 1;
            var pod = ((Next(service.Name) - 1) % Addresses) + 1;
            var address = _network.Address(number, pod, service.Port);
            var outbound = planned.CallsOthers ? _callers.GetValueOrDefault(name)?.Outbound ?? _network.Outbound(number, pod) : null;
            return new LabPod(planned, new Pod(name, workload, address, outbound));
        }
    }

    /// <summary>Whether a pod has that name, in whatever namespace.</summary>
    /// <param name="name">The name.</param>
    public bool IsTaken(string name)
    {
        lock (_lock)
        {
            return _names.Contains(name);
        }
    }

    /// <summary>Gives a pod that serves other labels: Services and subsets select it by them.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="workload">What it is from now on.</param>
    public void Relabel(string name, Workload workload)
    {
        if (Find(name) is { } pod && !IsSame(pod.Pod.Workload, workload))
        {
            Serve(serving => [.. serving.Select(other =>
                other.Pod.Name == name ? other with { Pod = other.Pod with { Workload = workload } } : other)]);
        }
    }

    /// <summary>Starts a pod; when this returns it is ready, and requests go to it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Its address is taken.</exception>
    public async Task StartAsync(LabPod pod, CancellationToken cancellation)
    {
        await _mesh.OpenOutboundAsync(pod.Pod, cancellation);
        await _group.AddAsync(pod, cancellation);
        while (!await IsReadyAsync(pod, cancellation))
        {
            await Task.Delay(BetweenProbes, cancellation);
        }

        Serve(serving => [.. serving, pod]);
    }

    /// <summary>Stops a pod: no more requests go to it, and those in flight finish.</summary>
    /// <param name="name">Its name.</param>
    public async Task StopAsync(string name)
    {
        Serve(serving => [.. serving.Where(pod => pod.Pod.Name != name)]);
        await _group.RemoveAsync(name);
        await _mesh.CloseOutboundAsync(name);
        lock (_lock)
        {
            _names.Remove(name);
        }
    }

    /// <summary>Where a pod is reached; null for one that does not serve.</summary>
    /// <param name="name">Its name.</param>
    public LabPod? Find(string name) => Volatile.Read(ref _serving).FirstOrDefault(pod => pod.Pod.Name == name);

    private static bool IsSame(Workload one, Workload other) => one.Name == other.Name && one.Namespace == other.Namespace
        && one.Labels.Count == other.Labels.Count && one.Labels.All(label => other.Labels.GetValueOrDefault(label.Key) == label.Value);

    private void Serve(Func<IReadOnlyList<LabPod>, IReadOnlyList<LabPod>> change)
    {
        lock (_lock)
        {
            _serving = change(_serving);
            _mesh.SetPods([.. _serving.Select(pod => pod.Pod)]);
        }
    }

    private int Next(string what) => _given[what] = _given.GetValueOrDefault(what) + 1;

    /// <summary>Whether a pod says that it is ready; null where it is slow to answer, or does not serve.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<bool?> IsReadyAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return Find(name) is { } pod ? await IsReadyAsync(pod, cancellation) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<bool> IsReadyAsync(LabPod pod, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = ProbeTimeout };

        // A gRPC server has its checks behind gRPC; that it answers over HTTP/2 shows that it listens.
        var isGrpc = pod.Planned.Service.Protocol == ServiceProtocol.Grpc;
        using var probe = new HttpRequestMessage(HttpMethod.Get, $"http://{pod.Pod.Address}/health{(isGrpc ? "" : "/ready")}");
        if (isGrpc)
        {
            (probe.Version, probe.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        }

        try
        {
            using var answer = await http.SendAsync(probe, cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
