using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Rollouts.Model;

/// <summary>
/// How a service goes from one release to another. Source: argo-rollouts <c>pkg/apis/rollouts/v1alpha1/types.go</c>, as all of this
/// folder's records but those of AnalysisTemplates (<c>analysis_types.go</c>). The pod template of a Rollout is not read: what runs is not
/// this project's matter.
/// </summary>
public sealed record Rollout : Resource
{
    /// <summary>The API of both kinds.</summary>
    public const string RolloutApiVersion = "argoproj.io/v1alpha1";

    /// <inheritdoc/>
    public override string Kind => nameof(Rollout);

    /// <summary>How many pods a release with all the traffic has; null where nothing is said.</summary>
    public int? Replicas { get; init; }

    /// <summary>The steps, the traffic and the analysis.</summary>
    public required CanaryStrategy Canary { get; init; }
}

/// <summary>The strategy <c>canary</c>.</summary>
public sealed record CanaryStrategy
{
    /// <summary>What is done, one after the other; after the last the canary has all the traffic.</summary>
    public IReadOnlyList<CanaryStep> Steps { get; init; } = [];

    /// <summary>Where the weights are set; null where none is named.</summary>
    public IstioTrafficRouting? Istio { get; init; }

    /// <summary>The Service that stands for the release that comes; null where a subset does.</summary>
    public string? CanaryService { get; init; }

    /// <summary>The Service that stands for the release that is there; null where a subset does.</summary>
    public string? StableService { get; init; }

    /// <summary>The routes that steps may add, in the order in which they stand before all others.</summary>
    public IReadOnlyList<string> ManagedRoutes { get; init; } = [];

    /// <summary>How many pods a release has at least while it has some; null for no such bound.</summary>
    public int? MinPodsPerReplicaSet { get; init; }

    /// <summary>What is measured beside the steps; null for nothing.</summary>
    public BackgroundAnalysis? Analysis { get; init; }
}

/// <summary>The rules in which the weights are set.</summary>
public sealed record IstioTrafficRouting
{
    /// <summary>The VirtualServices.</summary>
    public required IReadOnlyList<RoutedVirtualService> VirtualServices { get; init; }

    /// <summary>The DestinationRule whose subsets stand for the releases; null where services do.</summary>
    public RoutedSubsets? DestinationRule { get; init; }
}

/// <summary>A VirtualService, and which of its routes are weighted.</summary>
/// <param name="Name">Its name; with its namespace before a dot, where that is another.</param>
/// <param name="Routes">The routes' names; empty for its only route.</param>
public sealed record RoutedVirtualService(string Name, IReadOnlyList<string> Routes);

/// <summary>The subsets that stand for the two releases.</summary>
/// <param name="Name">The DestinationRule's name.</param>
/// <param name="Canary">The subset of the release that comes.</param>
/// <param name="Stable">The subset of the release that is there.</param>
public sealed record RoutedSubsets(string Name, string Canary, string Stable)
{
    /// <summary>Subsets of other destinations in the same routes, whose weights stay: the stable release gets that much less.</summary>
    public IReadOnlyList<string> Additional { get; init; } = [];
}

/// <summary>What is measured: templates and what they are given.</summary>
public record TemplateAnalysis
{
    /// <summary>The templates' names.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    /// <summary>What the templates are given.</summary>
    public IReadOnlyList<Argument> Arguments { get; init; } = [];

    /// <summary>Expressions for names of metrics that only look on.</summary>
    public IReadOnlyList<string> DryRun { get; init; } = [];
}

/// <summary>What is measured beside the steps.</summary>
public sealed record BackgroundAnalysis : TemplateAnalysis
{
    /// <summary>The step, from 0, at which it begins; null for the first.</summary>
    public int? StartingStep { get; init; }
}

/// <summary>A named value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">The value; null where it comes from elsewhere or is yet to be given.</param>
/// <param name="From">Where it comes from; null for a value of its own.</param>
public sealed record Argument(string Name, string? Value, ArgumentSource? From);

/// <summary>Where an argument's value comes from: exactly one is set.</summary>
/// <param name="PodTemplateHash"><c>Latest</c> or <c>Stable</c>: here the version label of that release.</param>
/// <param name="FieldPath">A field of the Rollout's metadata.</param>
public sealed record ArgumentSource(string? PodTemplateHash, string? FieldPath);
