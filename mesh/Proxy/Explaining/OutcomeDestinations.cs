using System.Globalization;
using Bookinfo.Mesh.Proxy.Headers;
using Bookinfo.Mesh.Proxy.Requests;
using Bookinfo.Mesh.Proxy.Routing;
using Microsoft.AspNetCore.Http;

namespace Bookinfo.Mesh.Proxy.Explaining;

/// <summary>The destinations of a route, with the request as each of them would see it.</summary>
internal static class OutcomeDestinations
{
    public static IReadOnlyList<OutcomeDestination> Of(Route route, ForwardAction forward, RequestInfo info)
    {
        var candidates = forward.Destinations.Candidates;
        var total = candidates.Sum(candidate => (double)candidate.Weight);
        return [.. candidates.Select(candidate =>
            Of(route, forward, candidate, candidates.Length == 1 ? 100 : 100 * candidate.Weight / total, info))];
    }

    private static OutcomeDestination Of(Route route, ForwardAction forward, RouteDestination destination, double percent,
        RequestInfo info)
    {
        var name = destination.Cluster?.Name ?? destination.ClusterName;
        var parts = name.Split('|');
        HeaderChanges?[] toPod = [destination.RequestHeaders, forward.RequestHeaders];
        HeaderChanges?[] toCaller = [destination.ResponseHeaders, route.ResponseHeaders];
        return new OutcomeDestination
        {
            Cluster = name,
            Host = destination.Cluster?.Service.Host ?? parts[3],
            Subset = destination.Cluster?.Subset ?? parts[2],
            Port = destination.Cluster?.Service.Port ?? int.Parse(parts[1], CultureInfo.InvariantCulture),
            Weight = destination.Weight,
            Percent = percent,
            Problem = destination.Cluster is null ? Missing(destination, parts[3], parts[2]) : null,
            Status = destination.Cluster is null ? forward.MissingStatus : null,
            Authority = forward.Authority ?? destination.Authority ?? info.Authority,
            RequestHeaders = Changed(info.Headers, toPod),
            RequestHeaderChanges = Text(toPod),
            ResponseHeaders = Changed(new HeaderDictionary(), toCaller),
            ResponseHeaderChanges = Text(toCaller),
            LoadBalancer = destination.Cluster?.Policy.LoadBalancer,
            ConnectionPool = destination.Cluster?.Policy.ConnectionPool,
            OutlierDetection = destination.Cluster?.Policy.OutlierDetection,
            Endpoints = [.. destination.Cluster?.Endpoints.Select(endpoint => endpoint.Pod?.Name ?? endpoint.Address) ?? []],
        };
    }

    /// <summary>Why a destination does not exist.</summary>
    public static string Missing(RouteDestination destination, string host, string subset) => destination.Service is null
        ? $"no service has the host {host}"
        : $"no DestinationRule for {host} names the subset {subset}";

    /// <summary>Headers after changes, by name without case; several values joined by commas.</summary>
    public static IReadOnlyDictionary<string, string> Changed(IHeaderDictionary headers, HeaderChanges?[] changes)
    {
        var changed = new HeaderDictionary();
        foreach (var (name, values) in headers)
        {
            changed[name] = values;
        }

        foreach (var change in changes)
        {
            change?.Apply(changed);
        }

        return changed.ToDictionary(header => header.Key, header => HttpSyntax.ToText(header.Value.ToString()),
            StringComparer.OrdinalIgnoreCase);
    }

    private static string Text(HeaderChanges?[] changes) => string.Join("; ", changes.OfType<HeaderChanges>());
}
