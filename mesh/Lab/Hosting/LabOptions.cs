using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>What a Lab is asked to be.</summary>
internal sealed record LabOptions
{
    /// <summary>The port of the gateway where none is given.</summary>
    public const int DefaultGatewayPort = 8080;

    /// <summary>The port of the console where none is given.</summary>
    public const int DefaultConsolePort = 8081;

    /// <summary>The namespace of the services in an empty Lab where none is given: that of what <c>infra/Cluster</c> renders.</summary>
    public const string EmptyNamespace = "bookinfo";

    /// <summary>The port of the Kubernetes API where none is given.</summary>
    public const int DefaultKubePort = 8082;

    /// <summary>Where the gateway listens.</summary>
    public required IPEndPoint Gateway { get; init; }

    /// <summary>Where the console and its API listen; null for a Lab without them.</summary>
    public IPEndPoint? Console { get; init; }

    /// <summary>Where the Kubernetes API listens, on loopback; null for a Lab without it.</summary>
    public IPEndPoint? Kube { get; init; }

    /// <summary>The file that tells clients of the Kubernetes API where it is; null for one in a temporary folder.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>Whether it starts without pods, Services and rules, which clients of the Kubernetes API bring.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>Files and folders of rules; none for the demo's own.</summary>
    public IReadOnlyList<string> RulePaths { get; init; } = [];

    /// <summary>Whether the demo's base stands beneath the rules.</summary>
    public bool WithBase { get; init; } = true;

    /// <summary>Which fields of the Gateway API there are.</summary>
    public GatewayApiChannel GatewayApi { get; init; }

    /// <summary>The namespace of the services, and of rules that name none.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Workloads that run although they are optional.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Names under which the console may be called, beside <c>localhost</c> and addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Settings of every pod beside its own, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the system has the whole of 127.0.0.0/8; null to find out.</summary>
    public bool? HasLoopbackRange { get; init; }

    /// <summary>Where the mesh draws from.</summary>
    public Randomness Randomness { get; init; } = Randomness.Shared;

    /// <summary>Where the mesh's access log is written; null for none.</summary>
    public TextWriter? AccessLog { get; init; }

    /// <summary>Where pods' errors and changes of watched rules are told.</summary>
    public required TextWriter Log { get; init; }
}
