using System.Globalization;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Istio.Yaml;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>The fields of a step (argo-rollouts <c>pkg/apis/rollouts/validation/validation.go:
/// ValidateRolloutStrategyCanary</c>).</summary>
/// <param name="managed">The names that routes of steps may have.</param>
internal sealed class StepFields(IReadOnlyList<string> managed)
{
    private static readonly string[] Kinds =
        ["setWeight", "pause", "analysis", "setCanaryScale", "setHeaderRoute", "setMirrorRoute"];

    /// <summary>The step; one that does nothing where there is an error.</summary>
    public CanaryStep Read(ObjectReader step)
    {
        step.Refuse("only the two releases of the canary take part", "experiment");
        step.Refuse("there is no plugin to call", "plugin");
        List<CanaryStep?> steps =
        [
            Weight(step),
            step.Object("pause", "RolloutPause", Pause),
            step.Object("analysis", "RolloutAnalysis", analysis => new AnalysisStep(AnalysisFields.Inline(analysis))),
            step.Object("setCanaryScale", "SetCanaryScale", Scale),
            step.Object("setHeaderRoute", "SetHeaderRoute", HeaderRoute),
            step.Object("setMirrorRoute", "SetMirrorRoute", MirrorRoute),
        ];
        var given = Kinds.Where(step.Has).ToList();
        if (given.Count > 1)
        {
            step.Error(given[1], $"a step does one thing, here are {Messages.AllOf(given)}", "make steps of their own");
        }
        else if (given.Count == 0 && !step.Has("experiment") && !step.Has("plugin"))
        {
            step.Error(Kinds[0], "a step does something", $"write one of {Messages.AllOf(Kinds)}");
        }

        return steps.Find(one => one is not null) ?? new PauseStep(TimeSpan.Zero);
    }

    private static SetWeightStep? Weight(ObjectReader step)
    {
        var weight = step.Int32("setWeight");
        if (weight is < 0 or > 100)
        {
            step.Error("setWeight", string.Create(CultureInfo.InvariantCulture, $"{weight} is not a share"), "use 0 to 100");
        }

        return weight is { } percent ? new SetWeightStep(Math.Clamp(percent, 0, 100)) : null;
    }

    private static PauseStep Pause(ObjectReader pause)
    {
        if (pause.IntOrString("duration") is not { } text)
        {
            return new PauseStep(null);
        }

        // types.go: DurationSeconds. A number is seconds.
        var duration = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : GoDuration.Parse(text, out _);
        if (duration is null || duration < TimeSpan.Zero)
        {
            pause.Error("duration", $"{Messages.Quote(text)} is not how long a step may last", "write it as 30s, 5m, or 30 for seconds");
        }

        return new PauseStep(duration);
    }

    private static SetCanaryScaleStep Scale(ObjectReader scale)
    {
        var (weight, replicas, matches) = (scale.Int32("weight"), scale.Int32("replicas"), scale.Boolean("matchTrafficWeight") ?? false);
        if ((weight is null ? 0 : 1) + (replicas is null ? 0 : 1) + (matches ? 1 : 0) != 1)
        {
            scale.Error("weight", "exactly one of weight, replicas and matchTrafficWeight says how many pods there are");
        }

        if (weight is < 0 or > 100)
        {
            scale.Error("weight", string.Create(CultureInfo.InvariantCulture, $"{weight} is not a share"), "use 0 to 100");
        }

        if (replicas < 0)
        {
            scale.Error("replicas", string.Create(CultureInfo.InvariantCulture, $"{replicas} is not a number of pods"), "use 0 or more");
        }

        return new SetCanaryScaleStep(replicas, weight);
    }

    private SetHeaderRouteStep HeaderRoute(ObjectReader route) => new(
        Managed(route),
        route.Objects("match", "HeaderRoutingMatch", match =>
        {
            var value = match.Object("headerValue", "StringMatch", One);
            if (value is null)
            {
                match.Error("headerValue", "a header has a value to match", "write headerValue: {exact: ...}");
            }

            return new HeaderMatch(match.Text("headerName") ?? "", value ?? new StringMatch());
        }));

    private SetMirrorRouteStep MirrorRoute(ObjectReader route)
    {
        var percentage = route.Int32("percentage");
        if (percentage is < 0 or > 100)
        {
            route.Error("percentage", string.Create(CultureInfo.InvariantCulture, $"{percentage} is not a share"), "use 0 to 100");
        }

        return new SetMirrorRouteStep(Managed(route), percentage, route.Objects("match", "RouteMatch", match => new HttpMatchRequest
        {
            Method = match.Object("method", "StringMatch", One),
            Uri = match.Object("path", "StringMatch", One),
            Headers = match.ObjectMap("headers", "StringMatch", One),
        }));
    }

    private static StringMatch One(ObjectReader match)
    {
        var read = HttpMatchFields.StringMatch(match);
        if (new[] { read.Exact, read.Prefix, read.Regex }.Count(value => !string.IsNullOrEmpty(value)) != 1)
        {
            match.Error("exact", "exactly one of exact, prefix and regex is given");
        }

        return read;
    }

    private string Managed(ObjectReader route)
    {
        var name = route.Text("name") ?? "";
        if (!managed.Contains(name))
        {
            route.Error("name", $"the route {Messages.Quote(name)} is not among trafficRouting.managedRoutes", "add it there: - name: ...");
        }

        return name;
    }
}
