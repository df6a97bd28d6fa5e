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

    private readonly ServiceTopology _topology;
    private readonly PodGroup _group;
    private readonly PodNetwork _network;
    private readonly Action<IReadOnlyList<Pod>> _tellMesh;
    private readonly Dictionary<string, int> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pod> _callers;
    private readonly Lock _lock = new();
    private IReadOnlyList<LabPod> _serving;

    /// <summary>Takes over the pods of a Lab.</summary>
    /// <param name="topology">The system.</param>
    /// <param name="started">The pods that the Lab started with.</param>
    /// <param name="callers">The pods for whose calls the mesh has listeners.</param>
    /// <param name="group">What starts and stops them.</param>
    /// <param name="network">Where addresses come from.</param>
    /// <param name="tellMesh">Tells the mesh which pods requests may go to.</param>
    public LivePods(ServiceTopology topology, IReadOnlyList<LabPod> started, IReadOnlyList<LabPod> callers, PodGroup group,
        PodNetwork network, Action<IReadOnlyList<Pod>> tellMesh)
    {
        (_topology, _group, _network, _tellMesh, _serving) = (topology, group, network, tellMesh, started);
        _callers = callers.Where(pod => pod.Pod.Outbound is not null).DistinctBy(pod => pod.Pod.Workload.Name)
            .ToDictionary(pod => pod.Pod.Workload.Name, pod => pod.Pod);
        foreach (var pod in started)
        {
            Next(pod.Planned.Service.Name);
            Next(pod.Planned.Workload);
        }
    }

    /// <summary>Gives another pod of a release its name and its address.</summary>
    /// <param name="service">The service whose program it runs.</param>
    /// <param name="release">The release.</param>
    public LabPod Plan(BookService service, Release release)
    {
        lock (_lock)
        {
            var workload = Workload.Of(service.Name, release.Version, _topology.Namespace);
            var replica = Next(workload.Name);
            var number = _topology.Services.ToList().FindIndex(known => known.Name == service.Name) + 1;
            var planned = new PlannedPod(service, release, replica);
            var address = _network.Address(number, ((Next(service.Name) - 1) % Addresses) + 1, service.Port);
            return new LabPod(planned, new Pod($"{workload.Name}-{replica}", workload, address, OutboundOf(service, workload)));
        }
    }

    /// <summary>Starts a pod; when this returns it is ready, and requests go to it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">Its address is taken.</exception>
    public async Task StartAsync(LabPod pod, CancellationToken cancellation)
    {
        await _group.AddAsync(pod, cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        while (!await IsReadyAsync(http, pod, cancellation))
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
    }

    /// <summary>Where a pod is reached; null for one that does not serve.</summary>
    /// <param name="name">Its name.</param>
    public LabPod? Find(string name) => Volatile.Read(ref _serving).FirstOrDefault(pod => pod.Pod.Name == name);

    /// <summary>A pod that is not the Lab's first of its kind calls by the first one's listener, which the mesh has opened.</summary>
    private IPEndPoint? OutboundOf(BookService service, Workload workload) =>
        (_callers.GetValueOrDefault(workload.Name) ?? _callers.Values.FirstOrDefault(pod => pod.Workload.App == service.Name))?.Outbound;

    private void Serve(Func<IReadOnlyList<LabPod>, IReadOnlyList<LabPod>> change)
    {
        lock (_lock)
        {
            _serving = change(_serving);
            _tellMesh([.. _serving.Select(pod => pod.Pod)]);
        }
    }

    private int Next(string what) => _given[what] = _given.GetValueOrDefault(what) + 1;

    private static async Task<bool> IsReadyAsync(HttpClient http, LabPod pod, CancellationToken cancellation)
    {
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
