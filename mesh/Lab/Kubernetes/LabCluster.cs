using System.Net;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.KubernetesApi.Resources;
using Bookinfo.Mesh.KubernetesApi.Storage;
using Bookinfo.Mesh.Lab.Pods;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Bookinfo.Topology;

namespace Bookinfo.Mesh.Lab.Kubernetes;

/// <summary>The Lab as a cluster: the kinds that clients of the API server find, with what runs and the rules as their objects.</summary>
internal sealed record LabCluster
{
    private static readonly ResourceDefinition[] Running =
    [
        KubernetesKinds.Pod, KubernetesKinds.Service, KubernetesKinds.Endpoints, KubernetesKinds.EndpointSlice, KubernetesKinds.Deployment,
        KubernetesKinds.ReplicaSet,
    ];

    private static readonly Dictionary<string, string> Refusals = new(StringComparer.Ordinal)
    {
        ["exec"] = "The Lab's pods are parts of one process and have no shell; exec and cp do not work here.",
        ["attach"] = "The Lab's pods are parts of one process and have no terminal; attach does not work here.",
        ["portforward"] = "The Lab's pods are reached at their own addresses (kubectl get pods -o wide); port-forward is not needed here.",
    };

    /// <summary>The system.</summary>
    public required ServiceTopology Topology { get; init; }

    /// <summary>Its pods.</summary>
    public required IReadOnlyList<LabPod> Pods { get; init; }

    /// <summary>The rules in force.</summary>
    public required RuleStore Rules { get; init; }

    /// <summary>What rules may name.</summary>
    public required KnownServices Known { get; init; }

    /// <summary>Where the ingress gateway listens; null where there is none.</summary>
    public IPEndPoint? Gateway { get; init; }

    /// <summary>When the pods were started.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>What each pod logs, by the pod's name.</summary>
    public required Func<string, PodLines?> Lines { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the objects, which follow the rules from now on.</summary>
    public ApiCluster Create()
    {
        var store = new ObjectStore();
        new RunningObjects(Topology, Pods, Started).Put(store, Gateway);
        var rules = new RuleObjects(store, Rules, Known, Time);
        var running = new RunningBackend(new StoringBackend(store));
        return new ApiCluster(new ResourceCatalog([.. KubernetesKinds.All, .. RuleKinds.All]), store)
        {
            Backends = RuleKinds.All.Select(kind => (Kind: kind, Backend: (IResourceBackend)rules))
                .Concat(Running.Select(kind => (Kind: kind, Backend: (IResourceBackend)running)))
                .ToDictionary(pair => pair.Kind, pair => pair.Backend),
            ReadLog = (pod, tail, follows, cancellation) =>
                Lines(pod)?.ReadAsync(tail, follows, cancellation) ?? AsyncEnumerable.Empty<string>(),
            Refusal = Refusals.GetValueOrDefault,
        };
    }
}
