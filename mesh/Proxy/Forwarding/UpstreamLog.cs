using Bookinfo.Mesh.Proxy.Endpoints;
using Bookinfo.Mesh.Proxy.Requests;
using Microsoft.Extensions.Logging;

namespace Bookinfo.Mesh.Proxy.Forwarding;

/// <summary>What happens between a request and its answer, and is not seen in either: retries and ejections.</summary>
internal sealed partial class UpstreamLog(ILogger logger)
{
    /// <summary>Tells that another attempt follows.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="failure">Why the attempt brought no answer; null for an answer that is worth a retry.</param>
    public void Retry(Exchange exchange, UpstreamFailure? failure)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            Retrying(logger, exchange.Attempts, exchange.ClusterName ?? "-", Name(exchange.Host), exchange.Caller.Name,
                failure?.Kind.ToString() ?? "an answer to retry on");
        }
    }

    /// <summary>Tells that a circuit breaker leaves an endpoint out.</summary>
    /// <param name="exchange">The request whose answer was one too many.</param>
    /// <param name="host">The endpoint.</param>
    public void Eject(Exchange exchange, UpstreamHost host)
    {
        if (logger.IsEnabled(LogLevel.Warning))
        {
            Ejected(logger, Name(host), exchange.ClusterName ?? "-", exchange.Caller.Name,
                new DateTimeOffset(host.Health.EjectedUntil, TimeSpan.Zero));
        }
    }

    private static string Name(UpstreamHost? host) => host?.Endpoint.Pod?.Name ?? host?.Endpoint.Address ?? "no endpoint";

    [LoggerMessage(4, LogLevel.Information, "Attempt {Attempt} at {Cluster} by {Upstream} for {Caller} failed ({Reason}). Retrying.")]
    private static partial void Retrying(ILogger logger, int attempt, string cluster, string upstream, string caller, string reason);

    [LoggerMessage(5, LogLevel.Warning, "{Upstream} is ejected from {Cluster} for {Caller} until {EjectedUntil:HH:mm:ss.fff} UTC.")]
    private static partial void Ejected(ILogger logger, string upstream, string cluster, string caller, DateTimeOffset ejectedUntil);
}
