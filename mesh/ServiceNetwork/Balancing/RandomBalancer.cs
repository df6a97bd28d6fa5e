using System.Net;

namespace Bookinfo.Mesh.ServiceNetwork.Balancing;

/// <summary>
/// Each endpoint with the same probability, as iptables draws (<c>pkg/proxy/iptables/proxier.go: writeServiceToEndpointRules</c>,
/// <c>--mode random --probability</c>).
/// </summary>
/// <param name="random">Where it draws from.</param>
internal sealed class RandomBalancer(Random random) : IConnectionBalancer
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public IPEndPoint Pick(IReadOnlyList<IPEndPoint> endpoints, IPAddress client)
    {
        lock (_lock)
        {
            return endpoints[random.Next(endpoints.Count)];
        }
    }
}
