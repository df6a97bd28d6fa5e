using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Says in a few words what sets one set of rules apart from another.</summary>
internal static class RuleDifference
{
    /// <summary>How many resources are named; of the others only the number is told.</summary>
    private const int Named = 3;

    /// <summary>Describes a change.</summary>
    /// <param name="before">The rules before it.</param>
    /// <param name="after">The rules after it.</param>
    public static string Describe(RuleSet before, RuleSet after)
    {
        List<string> changes =
        [
            .. Changes(before.VirtualServices, after.VirtualServices, Describe),
            .. Changes(before.DestinationRules, after.DestinationRules, Describe),
            .. Changes(before.Gateways, after.Gateways, (_, _) => null),
            .. Changes(before.ServiceEntries, after.ServiceEntries, (_, _) => null),
            .. Changes(before.GatewayApi, after.GatewayApi, (_, _) => null),
            .. Changes(before.Ingresses, after.Ingresses, (_, _) => null),
        ];
        return changes.Count switch
        {
            0 => "no difference",
            <= Named => string.Join("; ", changes),
            _ => $"{string.Join("; ", changes.Take(Named))}; and {changes.Count - Named} more",
        };
    }

    private static IEnumerable<string> Changes<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, Func<T?, T, string?> describe)
        where T : Resource
    {
        var (earlierOnes, laterOnes) = WithoutShared(before, after);
        var old = earlierOnes.DistinctBy(Key).ToDictionary(Key);
        foreach (var resource in laterOnes)
        {
            if (!old.Remove(Key(resource), out var earlier))
            {
                yield return $"{describe(null, resource) ?? resource.Subject} added";
            }
            else if (!Equals(earlier, resource))
            {
                yield return describe(earlier, resource) ?? $"{resource.Subject} changed";
            }
        }

        foreach (var gone in old.Values)
        {
            yield return $"{gone.Subject} removed";
        }
    }

    /// <summary>Without what stands in both at the same place: one change leaves most rules as they are.</summary>
    private static (List<T> Before, List<T> After) WithoutShared<T>(IReadOnlyList<T> before, IReadOnlyList<T> after)
        where T : Resource
    {
        var (old, @new) = (new List<T>(), new List<T>());
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (one, other) = (i < before.Count ? before[i] : null, i < after.Count ? after[i] : null);
            if (!ReferenceEquals(one, other))
            {
                old.AddRange(one is null ? [] : [one]);
                @new.AddRange(other is null ? [] : [other]);
            }
        }

        return (old, @new);
    }

    private static (string, string, string) Key(Resource resource) => (resource.Kind, resource.Namespace, resource.Name);

    private static string? Describe(VirtualService? before, VirtualService after)
    {
        var (retried, retries) = (before is not null && HasRetries(before), HasRetries(after));
        return before is not null && retried != retries && Weights(before) == Weights(after)
            ? $"{after.Name}: retries {(retries ? "on" : "off")}"
            : Weights(after);
    }

    private static bool HasRetries(VirtualService service) => service.Http.Any(route => route.Retries is { Attempts: > 0 });

    private static string? Describe(DestinationRule? before, DestinationRule after)
    {
        var (old, now) = (before?.TrafficPolicy, after.TrafficPolicy);
        List<string> parts = [];
        if (old?.OutlierDetection is null != now?.OutlierDetection is null)
        {
            parts.Add($"circuit breaker {(now?.OutlierDetection is null ? "off" : "on")}");
        }

        if (old?.ConnectionPool is null != now?.ConnectionPool is null)
        {
            parts.Add($"connection limits {(now?.ConnectionPool is null ? "off" : "on")}");
        }

        return before is null || parts.Count == 0 ? null : $"{after.Name}: {string.Join(", ", parts)}";
    }

    /// <summary>A VirtualService whose last route splits the traffic is told by its weights.</summary>
    private static string? Weights(VirtualService service)
    {
        var open = service.Http.FirstOrDefault(route => route.Match.Count == 0 && route.Route.Count > 0);
        if (open is null || open.Route.Any(entry => entry.Destination.Subset is null))
        {
            return null;
        }

        var split = open.Route.Select(entry => open.Route.Count == 1 ? $"all to {entry.Destination.Subset}"
            : $"{entry.Destination.Subset} {entry.Weight} %");
        return $"{service.Name}: {string.Join(", ", split)}{(service.Http.Count > 1 ? ", with matches" : "")}";
    }
}
