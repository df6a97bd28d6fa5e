using System.Net;
using Bookinfo.Mesh.Istio.Analysis;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Scaling;
using Bookinfo.Mesh.TrafficConsole.Model;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Lab.Hosting;

/// <summary>What a mesh with its console is asked to be, wherever its pods run.</summary>
internal sealed record MeshSetup
{
    /// <summary>The services, as the console tells of them.</summary>
    public required IReadOnlyList<ServiceDescription> Services { get; init; }

    /// <summary>The pods, wherever they run.</summary>
    public required IReadOnlyList<Pod> Pods { get; init; }

    /// <summary>What rules may name.</summary>
    public required KnownServices Known { get; init; }

    /// <summary>Where the gateway listens; null for a mesh without one.</summary>
    public IPEndPoint? Gateway { get; init; }

    /// <summary>Where the console and its API listen; null for a mesh without them.</summary>
    public IPEndPoint? Console { get; init; }

    /// <summary>Names under which the console may be called, beside <c>localhost</c> and addresses.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>What requests to the console must carry; null for none on loopback and a token of its own elsewhere.</summary>
    public string? ConsoleToken { get; init; }

    /// <summary>Files and folders of rules; none for the demo's own.</summary>
    public IReadOnlyList<string> RulePaths { get; init; } = [];

    /// <summary>The file in which the rules in force are kept for the next start; null for none.</summary>
    public string? RulesFile { get; init; }

    /// <summary>Whether the demo's base stands beneath the rules.</summary>
    public bool WithBase { get; init; } = true;

    /// <summary>Whether the demo's own rules are those of the start where no others are named.</summary>
    public bool WithDefaultRules { get; init; } = true;

    /// <summary>Where the mesh draws from.</summary>
    public Randomness Randomness { get; init; } = Randomness.Shared;

    /// <summary>Where the mesh's access log is written; null for none.</summary>
    public TextWriter? AccessLog { get; init; }

    /// <summary>Where the mesh and the console log; null for errors only, to <see cref="Log"/>.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>How long requests under way may take to end when the mesh stops.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Ends and starts the pods; null where they run elsewhere.</summary>
    public IPodControl? PodControl { get; init; }

    /// <summary>The pods of a canary that scales them; null where they run elsewhere.</summary>
    public Func<RolloutPlan, IReplicas?> Replicas { get; init; } = _ => null;

    /// <summary>Where errors are told.</summary>
    public required TextWriter Log { get; init; }
}
