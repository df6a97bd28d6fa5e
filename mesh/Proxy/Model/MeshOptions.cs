using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>What a mesh stands on: the services and pods it knows, and where it listens. The rules come separately, and change.</summary>
public sealed record MeshOptions
{
    /// <summary>Every service; a request to another host is a matter of <see cref="OutboundTrafficPolicy"/>.</summary>
    public required IReadOnlyList<MeshService> Services { get; init; }

    /// <summary>Every pod, each with its own outbound listener where it calls others.</summary>
    public required IReadOnlyList<Pod> Pods { get; init; }

    /// <summary>Where the ingress gateway listens; null for a mesh without one. Port 0 takes a free port.</summary>
    public IPEndPoint? Gateway { get; init; }

    /// <summary>The namespace that short names in rules without a namespace of their own mean.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Istio's root namespace: a DestinationRule there holds for every namespace that has none nearer.</summary>
    public string RootNamespace { get; init; } = "istio-system";

    /// <summary>The cluster's DNS domain, the tail of every full service name.</summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The labels of namespaces by name, for the selectors of the Gateway API's listeners.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> NamespaceLabels { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>What happens to a request for an unknown host.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; init; } = OutboundTrafficPolicy.AllowAny;

    /// <summary>Clock and timers of delays, timeouts, back-off, ejection and warm-up.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where weights, percentages, load balancing and jitter get their chance from.</summary>
    public Randomness Randomness { get; init; } = Randomness.Shared;

    /// <summary>Where the access log is written, one line per request in Envoy's text format; null for none.</summary>
    public TextWriter? AccessLog { get; init; }

    /// <summary>How many of the last requests of each caller to each release are kept to be looked at; 0 for none.</summary>
    public int KeptRequests { get; init; }

    /// <summary>How long requests under way may take to end when the mesh stops; those that take longer are cut off.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many files and sockets the mesh may open; what is beyond is refused.</summary>
    public OpenFiles OpenFiles { get; init; } = OpenFiles.OfThisProcess;

    /// <summary>Where the mesh and the server and forwarder below it log; nowhere unless told otherwise.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;
}

/// <summary>Istio's <c>meshConfig.outboundTrafficPolicy.mode</c>.</summary>
public enum OutboundTrafficPolicy
{
    /// <summary>A request for an unknown host passes through to wherever DNS says it is, without a timeout.</summary>
    AllowAny,

    /// <summary>A request for an unknown host is answered 502.</summary>
    RegistryOnly,
}
