using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Bookinfo.AppHost;

/// <summary>
/// The readiness of a pod that speaks only HTTP/2 without TLS, as a gRPC service does: Aspire's own HTTP check speaks HTTP/1.1.
/// </summary>
/// <param name="endpoint">Where it listens.</param>
/// <param name="path">The path of its readiness.</param>
internal sealed class Http2HealthCheck(EndpointReference endpoint, string path) : IHealthCheck
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false })
    {
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken);
            return answer.IsSuccessStatusCode ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"{path} answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException problem)
        {
            return HealthCheckResult.Unhealthy(problem.Message);
        }
    }
}
