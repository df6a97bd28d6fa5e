using System.Net;

namespace Bookinfo.Mesh.ServiceNetwork.Balancing;

/// <summary>
/// <c>sessionAffinity: ClientIP</c>: a client comes back to the endpoint of its last connection, as long as that was not too long ago and
/// the endpoint is still ready (<c>pkg/proxy/iptables/proxier.go</c>, <c>-m recent --rcheck --seconds --reap</c>).
/// </summary>
/// <param name="drawn">Picks the first endpoint of a client.</param>
/// <param name="timeout">How long after its last connection a client is known.</param>
/// <param name="time">The clock.</param>
internal sealed class ClientAffinity(IConnectionBalancer drawn, TimeSpan timeout, TimeProvider time) : IConnectionBalancer
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, (IPEndPoint Endpoint, long Seen)> _clients = [];

    /// <summary>How long after its last connection a client is known.</summary>
    public TimeSpan Timeout => timeout;

    /// <inheritdoc/>
    public IPEndPoint Pick(IReadOnlyList<IPEndPoint> endpoints, IPAddress client)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (!_clients.TryGetValue(client, out var known) || IsOver(known.Seen, now) || !endpoints.Contains(known.Endpoint))
            {
                foreach (var forgotten in _clients.Where(other => IsOver(other.Value.Seen, now)).Select(other => other.Key).ToList())
                {
                    _clients.Remove(forgotten);
                }

                known.Endpoint = drawn.Pick(endpoints, client);
            }

            _clients[client] = (known.Endpoint, now);
            return known.Endpoint;
        }
    }

    private bool IsOver(long seen, long now) => time.GetElapsedTime(seen, now) > timeout;
}
