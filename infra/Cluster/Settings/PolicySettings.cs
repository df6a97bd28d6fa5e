using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Cluster.Settings;

/// <summary>
/// What the mesh does for every call where no rule says otherwise: the retries, the bulkhead (connection pool) and the circuit breaker
/// (outlier detection).
/// </summary>
public sealed record PolicySettings
{
    /// <summary>
    /// How long a call may take in all. Beyond the 10 s that reviews v2 waits for ratings, so that the delay lesson shows the application's
    /// own timeouts.
    /// </summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Retries after the first try; 0 for none.</summary>
    public required int Retries { get; init; }

    /// <summary>How long one try may take.</summary>
    public required TimeSpan PerTryTimeout { get; init; }

    /// <summary>What is tried again, in Envoy's words.</summary>
    public required string RetryOn { get; init; }

    /// <summary>The most connections of one caller to one service.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>The most requests that wait for a connection, and the most in flight over HTTP/2.</summary>
    public required int MaxPendingRequests { get; init; }

    /// <summary>The most requests of one caller in flight to one service.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>Server errors in a row after which a pod is ejected; 0 for never.</summary>
    public required int ConsecutiveErrors { get; init; }

    /// <summary>How often it is decided who comes back.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How long a pod is ejected the first time.</summary>
    public required TimeSpan EjectionTime { get; init; }

    /// <summary>The largest share of a service's pods that may be ejected at once, in percent.</summary>
    public required int MaxEjectionPercent { get; init; }

    internal static PolicySettings Read(SettingsReader reader)
    {
        var settings = new PolicySettings
        {
            Timeout = reader.Duration("policy:timeout", TimeSpan.FromSeconds(15)),
            Retries = reader.Whole("policy:retries", 2, 0, 10),
            PerTryTimeout = reader.Duration("policy:perTryTimeout", TimeSpan.FromSeconds(12)),
            RetryOn = ReadRetryOn(reader),
            MaxConnections = reader.Whole("policy:maxConnections", 100, 1, int.MaxValue),
            MaxPendingRequests = reader.Whole("policy:maxPendingRequests", 100, 1, int.MaxValue),
            MaxRequests = reader.Whole("policy:maxRequests", 200, 1, int.MaxValue),
            ConsecutiveErrors = reader.Whole("policy:consecutiveErrors", 5, 0, 1000),
            Interval = reader.Duration("policy:interval", TimeSpan.FromSeconds(10)),
            EjectionTime = reader.Duration("policy:ejectionTime", TimeSpan.FromSeconds(30)),
            MaxEjectionPercent = reader.Whole("policy:maxEjectionPercent", 50, 0, 100),
        };
        if (settings.PerTryTimeout > settings.Timeout)
        {
            reader.Wrong(
                $"policy:perTryTimeout is longer than policy:timeout ({settings.Timeout.TotalSeconds:0.###} s), so that it could never "
                + "end a try");
        }

        return settings;
    }

    // The sample's own check of rules knows every condition; a route that has nothing else to be wrong is shown to it.
    private static string ReadRetryOn(SettingsReader reader)
    {
        const string Key = "policy:retryOn";
        var conditions = string.Join(',',
            reader.Has(Key) ? reader.List(Key) : ["connect-failure", "refused-stream", "unavailable", "cancelled"]);
        var rule = new VirtualService
        {
            Metadata = new Metadata { Name = "retries" },
            Hosts = ["retries"],
            Http = [new HttpRoute
            {
                Route = [new HttpRouteDestination { Destination = new Destination { Host = "retries" } }],
                Retries = new HttpRetry { Attempts = 1, RetryOn = conditions },
            }],
        };
        var reading = RuleReader.Read(new RuleSource(Key, RuleWriter.Write(RuleSet.Empty with { VirtualServices = [rule] })));
        if (conditions.Length == 0 || reading.HasErrors)
        {
            var problem = reading.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error);
            var why = problem is null ? "" : $"{problem.Message} ({problem.Suggestion}): ";
            reader.Wrong(
                $"{Key} is {SettingsReader.Quoted(conditions)}: {why}write Envoy's conditions with commas between them, such as "
                + "connect-failure,unavailable");
        }

        return conditions;
    }
}
