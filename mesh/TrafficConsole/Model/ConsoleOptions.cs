using System.Net;
using Bookinfo.Mesh.Proxy;
using Bookinfo.Mesh.Rollouts.Plans;
using Bookinfo.Mesh.Rollouts.Scaling;
using Bookinfo.Mesh.TrafficConsole.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bookinfo.Mesh.TrafficConsole.Model;

/// <summary>What a console shows and steers, and where it listens.</summary>
public sealed record ConsoleOptions
{
    /// <summary>Where it listens; port 0 takes a free port.</summary>
    public required IPEndPoint Address { get; init; }

    /// <summary>The mesh it shows.</summary>
    public required MeshServer Mesh { get; init; }

    /// <summary>Where it hands in rules.</summary>
    public required RuleStore Rules { get; init; }

    /// <summary>The services and their releases, in the order in which they are shown.</summary>
    public required IReadOnlyList<ServiceDescription> Services { get; init; }

    /// <summary>Rules that the page offers by name.</summary>
    public IReadOnlyList<ExampleRules> Examples { get; init; } = [];

    /// <summary>Canaries that the page offers by name: Argo's Rollouts with their AnalysisTemplates.</summary>
    public IReadOnlyList<ExampleRules> Rollouts { get; init; } = [];

    /// <summary>Ends and starts the pods; null where this process does not run them.</summary>
    public IPodControl? PodControl { get; init; }

    /// <summary>The pods of a canary that scales them; null where they run elsewhere, and stay as they are.</summary>
    public Func<RolloutPlan, IReplicas?> Replicas { get; init; } = _ => null;

    /// <summary>Where it logs what people change by it.</summary>
    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock of the load and of the events.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Host names under which the console may be called, beside <c>localhost</c>, loopback addresses and the address it listens on.
    /// </summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// What a request must carry; null for a console that asks for none on loopback, and makes one of its own on any other address.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>The services that call a service.</summary>
    internal IReadOnlyList<string> CallersOf(string service) =>
        [.. Services.Where(caller => caller.Calls.Contains(service)).Select(caller => caller.Name)];
}
