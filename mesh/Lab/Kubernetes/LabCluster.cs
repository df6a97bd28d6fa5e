using System.Net;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Kubernetes.Services;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Scaling;
using Bookinfo.Mesh.TrafficConsole.Canary;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>The Lab as a cluster: the kinds that clients of the API server find, with what runs and the rules as their objects.</summary>
internal sealed class LabCluster : IAsyncDisposable
{
    private static readonly ResourceDefinition[] Endpoints = [KubernetesKinds.Endpoints, KubernetesKinds.EndpointSlice];

    private static readonly ResourceDefinition[] Workloads =
        [KubernetesKinds.Pod, KubernetesKinds.Deployment, KubernetesKinds.ReplicaSet];

    private static readonly Dictionary<string, string> Refusals = new(StringComparer.Ordinal)
    {
        ["exec"] = "The Lab's pods are parts of one process and have no shell; exec and cp do not work here.",
        ["attach"] = "The Lab's pods are parts of one process and have no terminal; attach does not work here.",
        ["ephemeralcontainers"] = "The Lab's pods are parts of one process; kubectl debug does not work here. See kubectl logs.",
        ["portforward"] = "The Lab's pods are reached at their own addresses (kubectl get pods -o wide); port-forward is not needed here.",
    };

    private readonly Lock _creating = new();
    private WorkloadController? _controller;
    private ServiceController? _services;
    private PodReadiness? _readiness;
    private Action? _changed;
    private ApiCluster? _cluster;

    /// <summary>The system.</summary>
    public required ServiceTopology Topology { get; init; }

    /// <summary>The pods that it started with.</summary>
    public required IReadOnlyList<LabPod> Pods { get; init; }

    /// <summary>Whether clients bring the system; then it has no objects at the start but what belongs to every cluster.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Makes what starts and stops pods.</summary>
    public required Func<LivePods> LivePods { get; init; }

    /// <summary>The network of the Services' addresses; null where the system has only 127.0.0.1.</summary>
    public required IPNetwork? ServiceNetwork { get; init; }

    /// <summary>Tells the mesh which Services there are.</summary>
    public required Action<IReadOnlyList<MeshService>> TellServices { get; init; }

    /// <summary>The rules in force.</summary>
    public required RuleStore Rules { get; init; }

    /// <summary>Runs canaries; null where the Lab has no console.</summary>
    public CanaryRunner? Canaries { get; init; }

    /// <summary>How it stands with the resources of the Gateway API in force.</summary>
    public required Func<IReadOnlyList<GatewayApiStatus>> Statuses { get; init; }

    /// <summary>What rules may name.</summary>
    public required KnownServices Known { get; init; }

    /// <summary>Where the ingress gateway listens; null where there is none.</summary>
    public IPEndPoint? Gateway { get; init; }

    /// <summary>When the pods were started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What each pod logs, by the pod's name.</summary>
    public required Func<string, PodLines?> Lines { get; init; }

    /// <summary>Where addresses, ports and the endpoints of connections are drawn from.</summary>
    public Func<Random> CreateRandom { get; init; } = () => new Random();

    /// <summary>Where failures of the controllers are told.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the objects, which from now on follow the rules, and which the pods follow; the same ones each time.</summary>
    public ApiCluster Create()
    {
        lock (_creating)
        {
            return _cluster ??= Begin();
        }
    }

    /// <summary>The pods of the releases of a canary.</summary>
    /// <param name="plan">The canary.</param>
    public IReplicas Replicas(RolloutPlan plan) => new DeploymentReplicas(Create().Store, Topology.Namespace, plan);

    /// <summary>Ends what follows the objects, and closes the service network; the pods are the Lab's to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Canaries is not null)
        {
            Canaries.Changed -= _changed;
        }

        if (_readiness is not null)
        {
            await _readiness.DisposeAsync();
        }

        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }

        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    private ApiCluster Begin()
    {
        var (store, objects, changes) = (new ObjectStore(), new WorkloadObjects(Time), new ChangeSignal());
        var addresses = new ServiceAddresses(ServiceNetwork, CreateRandom());
        var allocation = new ServiceAllocation(store, addresses);
        new RunningObjects(Topology, Pods, Started, objects, allocation).Put(store, Gateway, IsEmpty);
        var pods = LivePods();
        var lifecycle = new PodLifecycle(store, pods, new SampleImages(Topology), objects, Changed);
        _services = new ServiceController(store, addresses, new ServiceEvents(lifecycle.Tell, objects.Now), Changed, Time, CreateRandom());
        var meshServices = new MeshServices(store, TellServices);
        var rollouts = new RolloutController(store, Canaries, Rules, Topology, new RolloutPods(store, objects), objects,
            (rollout, reason, message) => lifecycle.Tell(rollout, reason, message));
        _readiness = new PodReadiness(store, pods, lifecycle, objects, Changed);
        _controller = new WorkloadController(store, lifecycle, objects, rollouts, UpdateServices, changes, Log);
        _changed = Changed;
        if (Canaries is not null)
        {
            Canaries.Changed += _changed;
        }

        var storing = new StoringBackend(store);
        var rules = new RuleObjects(store, Rules, Statuses, Gateway, Known, Time);
        return new ApiCluster(new ResourceCatalog([.. KubernetesKinds.All, .. RuleKinds.All, .. ArgoKinds.All]), store)
        {
            Backends = Pairs(RuleKinds.All, rules)
                .Concat(Pairs([KubernetesKinds.Service], new ServiceBackend(storing, allocation, Changed)))
                .Concat(Pairs(Endpoints, new EndpointBackend(storing, Changed)))
                .Concat(Pairs(ArgoKinds.All, new RolloutBackend(storing, rollouts, Changed)))
                .Concat(Pairs(Workloads, new WorkloadBackend(storing, lifecycle, Changed)))
                .ToDictionary(pair => pair.Kind, pair => pair.Backend),
            ReadLog = (pod, query, cancellation) => Lines(pod)?.ReadAsync(query, cancellation) ?? AsyncEnumerable.Empty<LogLine>(),
            Refusal = Refusals.GetValueOrDefault,
        };

        void Changed() => changes.Set();

        void UpdateServices()
        {
            _services.Update();
            meshServices.Update();
        }
    }

    private static IEnumerable<(ResourceDefinition Kind, IResourceBackend Backend)> Pairs(
        IEnumerable<ResourceDefinition> kinds, IResourceBackend backend) => kinds.Select(kind => (kind, backend));
}
