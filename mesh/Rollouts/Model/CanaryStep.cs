using System.Globalization;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Rollouts.Model;

/// <summary>One step of a canary.</summary>
public abstract record CanaryStep
{
    /// <summary>The step in words, for people.</summary>
    public abstract string Describe();
}

/// <summary>Gives the canary a share of the traffic.</summary>
/// <param name="Percent">0 to 100.</param>
public sealed record SetWeightStep(int Percent) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Percent} % to the canary");
}

/// <summary>Waits.</summary>
/// <param name="Duration">How long; null until somebody promotes the canary.</param>
public sealed record PauseStep(TimeSpan? Duration) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => Duration is { } duration
        ? string.Create(CultureInfo.InvariantCulture, $"wait {duration.TotalSeconds:0.##} s")
        : "wait to be promoted";
}

/// <summary>Measures, and goes on when that has ended well.</summary>
/// <param name="Analysis">What is measured.</param>
public sealed record AnalysisStep(TemplateAnalysis Analysis) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => $"measure {string.Join(", ", Analysis.Templates)}";
}

/// <summary>
/// Says how many pods the canary has, from this step on; with neither of the two, as many as its share of the traffic asks for
/// (<c>matchTrafficWeight</c>).
/// </summary>
/// <param name="Replicas">So many pods; null where they are not counted.</param>
/// <param name="Weight">So many percent of the pods of a release with all the traffic; null for no such share.</param>
public sealed record SetCanaryScaleStep(int? Replicas, int? Weight) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => Replicas is { } pods
        ? string.Create(CultureInfo.InvariantCulture, $"{pods} {(pods == 1 ? "pod" : "pods")} for the canary")
        : Weight is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} % of the pods for the canary")
        : "as many pods for the canary as its share of the traffic";
}

/// <summary>Sends requests with a header to the canary, or takes such a route away.</summary>
/// <param name="Name">The route's name.</param>
/// <param name="Match">The headers; empty takes the route away.</param>
public sealed record SetHeaderRouteStep(string Name, IReadOnlyList<HeaderMatch> Match) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => Match.Count == 0 ? $"take away the route {Name}"
        : $"{string.Join(" or ", Match.Select(match => match.Name))} to the canary, by the route {Name}";
}

/// <summary>Copies requests to the canary, or takes such a route away.</summary>
/// <param name="Name">The route's name.</param>
/// <param name="Percentage">Share of the requests, 0 to 100; null is 100.</param>
/// <param name="Match">Which requests; empty takes the route away.</param>
public sealed record SetMirrorRouteStep(string Name, int? Percentage, IReadOnlyList<HttpMatchRequest> Match) : CanaryStep
{
    /// <inheritdoc/>
    public override string Describe() => Match.Count == 0 ? $"take away the mirror {Name}"
        : string.Create(CultureInfo.InvariantCulture, $"copy {Percentage ?? 100} % to the canary, by the route {Name}");
}

/// <summary>A header and how its value must be.</summary>
/// <param name="Name">The header's name.</param>
/// <param name="Value">How its value must be.</param>
public sealed record HeaderMatch(string Name, StringMatch Value);
