using Bookinfo.Mesh.Proxy.Telemetry;

namespace Bookinfo.Mesh.Proxy;

/// <summary>
/// What one workload asked of one release of a service, as the caller's side of the mesh saw it (Istio's <c>reporter="source"</c>).
/// </summary>
public sealed record TrafficEntry
{
    /// <summary>The calling workload, e.g. <c>productpage-v1</c>.</summary>
    public required string Caller { get; init; }

    /// <summary>Its namespace: another one may have a workload of the same name.</summary>
    public required string CallerNamespace { get; init; }

    /// <summary>
    /// The service's full host, e.g. <c>reviews.default.svc.cluster.local</c>; <c>PassthroughCluster</c>, <c>BlackHoleCluster</c> or
    /// <c>unknown</c> where the request was for none.
    /// </summary>
    public required string DestinationService { get; init; }

    /// <summary>The service's short name, e.g. <c>reviews</c>.</summary>
    public required string DestinationServiceName { get; init; }

    /// <summary>The release that answered, e.g. <c>v2</c>; <c>unknown</c> where the mesh answered itself.</summary>
    public required string Release { get; init; }

    /// <summary>The workload that answered, e.g. <c>reviews-v2</c>; <c>unknown</c> where the mesh answered itself.</summary>
    public required string DestinationWorkload { get; init; }

    /// <summary>Its namespace; <c>unknown</c> where the mesh answered itself.</summary>
    public required string DestinationWorkloadNamespace { get; init; }

    /// <summary>Requests, a retried one counted once.</summary>
    public required long Requests { get; init; }

    /// <summary>Part of this caller's requests to this service, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Requests that ended in a 5xx, without an answer, or with a gRPC status other than OK.</summary>
    public required long Errors { get; init; }

    /// <summary>Requests by response flags as Envoy writes them (<c>UF,URX</c>); those without a flag are not listed.</summary>
    public required IReadOnlyDictionary<string, long> ResponseFlags { get; init; }

    /// <summary>Requests by HTTP status; 0 where the caller went away before there was one.</summary>
    public required IReadOnlyDictionary<int, long> ResponseCodes { get; init; }

    /// <summary>Half the requests took less; null where none was counted.</summary>
    public required TimeSpan? P50 { get; init; }

    /// <summary>99 of 100 requests took less; null where none was counted.</summary>
    public required TimeSpan? P99 { get; init; }

    /// <summary>Who asked which service: the entries whose <see cref="Share"/> adds up to 1.</summary>
    public (string Caller, string CallerNamespace, string Service) Route => (Caller, CallerNamespace, DestinationService);

    /// <summary>What tells the entry from all others, now and later.</summary>
    public (string Caller, string CallerNamespace, string Service, string Workload, string WorkloadNamespace) Key =>
        (Caller, CallerNamespace, DestinationService, DestinationWorkload, DestinationWorkloadNamespace);

    /// <summary>The counts that the quantiles are read from.</summary>
    internal long[] Durations { get; init; } = [];

    internal static TrafficEntry From(TrafficSeries traffic)
    {
        var series = traffic.Series.Select(series => (series.Key, Counts: series.Value, series.Value.Requests)).ToArray();
        var kinds = Array.ConvertAll(series, one => KeyValuePair.Create(one.Key, one.Requests));
        var durations = LatencyHistogram.Sum(series.Select(one => one.Counts.Durations));
        return new TrafficEntry
        {
            Caller = traffic.Labels.Source.Name,
            CallerNamespace = traffic.Labels.Source.Namespace,
            DestinationService = traffic.Labels.Service,
            DestinationServiceName = traffic.Labels.ServiceName,
            Release = traffic.Labels.Destination?.Version ?? "unknown",
            DestinationWorkload = traffic.Labels.Destination?.Name ?? "unknown",
            DestinationWorkloadNamespace = traffic.Labels.Destination?.Namespace ?? "unknown",
            Requests = kinds.Sum(kind => kind.Value),
            Errors = kinds.Where(kind => kind.Key.IsError).Sum(kind => kind.Value),
            ResponseFlags = kinds.Where(kind => kind.Key.Flags != Telemetry.ResponseFlags.None)
                .GroupBy(kind => kind.Key.Flags.Text(), kind => kind.Value).ToDictionary(group => group.Key, group => group.Sum()),
            ResponseCodes = kinds.GroupBy(kind => kind.Key.Code, kind => kind.Value).ToDictionary(group => group.Key, group => group.Sum()),
            P50 = LatencyHistogram.Quantile(durations, 0.50),
            P99 = LatencyHistogram.Quantile(durations, 0.99),
            Durations = durations,
        };
    }

    internal static IReadOnlyList<TrafficEntry> WithShares(IEnumerable<TrafficEntry> entries)
    {
        var all = entries
            .OrderBy(entry => entry.Caller, StringComparer.Ordinal).ThenBy(entry => entry.DestinationService, StringComparer.Ordinal)
            .ThenBy(entry => entry.DestinationWorkload, StringComparer.Ordinal).ToList();
        var totals = all.GroupBy(entry => entry.Route)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Requests));
        return [.. all.Select(entry => entry with { Share = (double)entry.Requests / totals[entry.Route] })];
    }

    internal TrafficEntry Minus(TrafficEntry earlier)
    {
        var durations = Durations.Select((count, bucket) => count - earlier.Durations[bucket]).ToArray();
        return this with
        {
            Requests = Requests - earlier.Requests,
            Errors = Errors - earlier.Errors,
            ResponseFlags = Minus(ResponseFlags, earlier.ResponseFlags),
            ResponseCodes = Minus(ResponseCodes, earlier.ResponseCodes),
            P50 = LatencyHistogram.Quantile(durations, 0.50),
            P99 = LatencyHistogram.Quantile(durations, 0.99),
            Durations = durations,
        };
    }

    private static Dictionary<TKey, long> Minus<TKey>(IReadOnlyDictionary<TKey, long> now, IReadOnlyDictionary<TKey, long> earlier)
        where TKey : notnull =>
        now.Select(pair => KeyValuePair.Create(pair.Key, pair.Value - earlier.GetValueOrDefault(pair.Key)))
            .Where(pair => pair.Value > 0).ToDictionary();
}
