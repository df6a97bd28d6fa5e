using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Reading;
using Bookinfo.Mesh.Rollouts.Model;

namespace Bookinfo.Mesh.Rollouts.Reading;

/// <summary>The fields of a Rollout.</summary>
internal static class RolloutFields
{
    private const string OnlyIstio = "the mesh follows Istio's rules; name a VirtualService under trafficRouting.istio";

    public static Rollout Read(ObjectReader spec, Metadata metadata, SourceMap source)
    {
        // What the pods are is a cluster's business.
        spec.Skip("selector", "template", "workloadRef", "minReadySeconds", "revisionHistoryLimit", "progressDeadlineSeconds");
        spec.Skip("progressDeadlineAbort", "restartAt", "rollbackWindow", "analysis");
        spec.Refuse("start the canary when it is to run", "paused");
        var strategy = spec.Object("strategy", "RolloutStrategy", strategy =>
        {
            strategy.Refuse("only the strategy canary is", "blueGreen");
            if (!strategy.Has("canary") && !strategy.Has("blueGreen"))
            {
                strategy.Error("canary", "the strategy canary is required", "write canary: {steps: [...]}");
            }

            return strategy.Object("canary", "CanaryStrategy", Canary) ?? new CanaryStrategy();
        });
        if (strategy is null && !spec.Has("strategy"))
        {
            spec.Error("strategy", "a Rollout has a strategy", "write strategy: {canary: {steps: [...]}}");
        }

        return new Rollout
        {
            Metadata = metadata,
            Source = source,
            Replicas = Count(spec, "replicas"),
            Canary = strategy ?? new CanaryStrategy(),
        };
    }

    private static CanaryStrategy Canary(ObjectReader canary)
    {
        canary.Skip("maxSurge", "maxUnavailable", "canaryMetadata", "stableMetadata", "antiAffinity", "scaleDownDelaySeconds");
        canary.Skip("scaleDownDelayRevisionLimit", "abortScaleDownDelaySeconds", "dynamicStableScale", "replicaProgressThreshold");
        canary.Refuse("releases are told apart by subsets; name them under trafficRouting.istio.destinationRule", "pingPong");
        var traffic = canary.Object("trafficRouting", "RolloutTrafficRouting", Traffic);
        var steps = new StepFields(traffic?.Managed ?? []);
        return new CanaryStrategy
        {
            Istio = traffic?.Istio,
            CanaryService = canary.Text("canaryService"),
            StableService = canary.Text("stableService"),
            ManagedRoutes = traffic?.Managed ?? [],
            MinPodsPerReplicaSet = Count(canary, "minPodsPerReplicaSet"),
            Analysis = canary.Object("analysis", "RolloutAnalysisBackground", AnalysisFields.Background),
            Steps = canary.Objects("steps", "CanaryStep", steps.Read),
        };
    }

    private static int? Count(ObjectReader owner, string field)
    {
        var count = owner.Int32(field);
        if (count < 0)
        {
            owner.Error(field, $"{count} is not a number of pods", "use 0 or more");
        }

        return count;
    }

    private static TrafficRouting Traffic(ObjectReader traffic)
    {
        traffic.Refuse(OnlyIstio, "nginx", "alb", "smi", "ambassador", "appMesh", "traefik", "apisix", "plugins");
        traffic.Refuse("Istio's weights are out of 100, as Argo itself says", "maxTrafficWeight");
        var istio = traffic.Object("istio", "IstioTrafficRouting", Istio);
        if (istio is null)
        {
            traffic.Error("istio", "the rules to change are not named", "write istio: {virtualService: {name: ...}}");
        }

        return new TrafficRouting(istio,
            [.. traffic.Objects("managedRoutes", "MangedRoutes", route => route.Text("name") ?? "").Where(name => name.Length > 0)]);
    }

    private static IstioTrafficRouting Istio(ObjectReader istio)
    {
        var one = istio.Object("virtualService", "IstioVirtualService", VirtualService);
        var several = istio.Objects("virtualServices", "IstioVirtualService", VirtualService);
        if ((one is null) == (several.Count == 0))
        {
            istio.Error("virtualService", one is null ? "a VirtualService is required"
                : "virtualService and virtualServices are both there",
                "write virtualService: {name: ..., routes: [...]}");
        }

        return new IstioTrafficRouting
        {
            VirtualServices = one is null ? several : [one],
            DestinationRule = istio.Object("destinationRule", "IstioDestinationRule", Subsets),
        };
    }

    private static RoutedVirtualService VirtualService(ObjectReader rule)
    {
        rule.Refuse("the mesh routes only HTTP", "tlsRoutes", "tcpRoutes");
        return new RoutedVirtualService(Required(rule, "name"), rule.Texts("routes"));
    }

    private static RoutedSubsets Subsets(ObjectReader rule) =>
        new(Required(rule, "name"), Required(rule, "canarySubsetName"), Required(rule, "stableSubsetName"))
        {
            Additional = rule.Texts("additionalSubsetNames"),
        };

    private static string Required(ObjectReader owner, string field)
    {
        var text = owner.Text(field);
        if (text is null && !owner.Has(field))
        {
            owner.Error(field, $"{field} is required");
        }

        return text ?? "";
    }

    private sealed record TrafficRouting(IstioTrafficRouting? Istio, IReadOnlyList<string> Managed);
}
