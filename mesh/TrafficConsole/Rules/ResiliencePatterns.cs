using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.TrafficConsole.Rules;

/// <summary>Which of the patterns the mesh has for calls to a service. The figures are those of the demo's rules.</summary>
/// <param name="Retries">An answer of 5xx is asked for again, up to twice (VirtualService, <c>retries</c>).</param>
/// <param name="CircuitBreaker">A pod that fails five times in a row is left out for 30 s (DestinationRule,
/// <c>outlierDetection</c>).</param>
/// <param name="Bulkhead">Each caller has ten requests at once and ten that wait (DestinationRule, <c>connectionPool</c>).</param>
public sealed record ResiliencePatterns(bool Retries, bool CircuitBreaker, bool Bulkhead)
{
    private static readonly HttpRetry Retry = new() { Attempts = 2, PerTryTimeout = TimeSpan.FromSeconds(2), RetryOn = "5xx" };

    private static readonly OutlierDetection Breaker = new()
    {
        Consecutive5xxErrors = 5,
        Interval = TimeSpan.FromSeconds(5),
        BaseEjectionTime = TimeSpan.FromSeconds(30),
        MaxEjectionPercent = 100,
    };

    private static readonly ConnectionPoolSettings Pool = new()
    {
        Tcp = new TcpSettings { MaxConnections = 10 },
        Http = new HttpSettings { Http1MaxPendingRequests = 10 },
    };

    /// <summary>What the rules in force say.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="service">The service's rules among them.</param>
    internal static ResiliencePatterns Of(RuleSet rules, TrafficShift service)
    {
        var policy = rules.DestinationRules.FirstOrDefault(service.IsForService)?.TrafficPolicy;
        return new ResiliencePatterns(
            rules.VirtualServices.FirstOrDefault(service.IsForService)?.Http.Any(route => route.Retries is { Attempts: > 0 }) ?? false,
            policy?.OutlierDetection is not null,
            policy?.ConnectionPool is not null);
    }

    /// <summary>The rules that put these patterns in force, and leave the rest as it is.</summary>
    /// <param name="rules">The rules in force.</param>
    /// <param name="service">The service's rules among them.</param>
    internal RuleSet Apply(RuleSet rules, TrafficShift service)
    {
        var now = Of(rules, service);
        var route = rules.VirtualServices.FirstOrDefault(service.IsForService) ?? service.Fresh();
        var destination = rules.DestinationRules.FirstOrDefault(service.IsForService) ?? service.FreshDestination();
        var policy = destination.TrafficPolicy ?? new TrafficPolicy();
        return RuleSet.Empty with
        {
            VirtualServices = now.Retries == Retries ? [] : [route with { Http = [.. route.Http.Select(WithRetries)] }],
            DestinationRules = now with { Retries = Retries } == this
                ? []
                : [destination with
                {
                    TrafficPolicy = policy with
                    {
                        OutlierDetection = CircuitBreaker ? policy.OutlierDetection ?? Breaker : null,
                        ConnectionPool = Bulkhead ? policy.ConnectionPool ?? Pool : null,
                    },
                },
                ],
        };
    }

    private HttpRoute WithRetries(HttpRoute route) =>
        route.Route.Count == 0 ? route : route with { Retries = Retries ? route.Retries ?? Retry : null };
}
