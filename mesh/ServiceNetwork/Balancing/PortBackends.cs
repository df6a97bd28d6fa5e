using System.Net;

namespace Bookinfo.Mesh.ServiceNetwork.Balancing;

/// <summary>What stands behind one port of a Service now, and how one of it is picked.</summary>
/// <param name="drawn">Picks where no client is to come back.</param>
/// <param name="time">The clock of affinity.</param>
internal sealed class PortBackends(IConnectionBalancer drawn, TimeProvider time)
{
    private volatile Choice _choice = new([], drawn);

    /// <summary>Takes other endpoints. The clients that are known stay known, unless the affinity is another one.</summary>
    /// <param name="endpoints">Those that are ready.</param>
    /// <param name="affinity">How long a client is known; null for no affinity.</param>
    public void Set(IReadOnlyList<IPEndPoint> endpoints, TimeSpan? affinity)
    {
        var before = _choice.Balancer;
        _choice = new Choice(endpoints, affinity is not { } timeout ? drawn
            : before is ClientAffinity known && known.Timeout == timeout ? known
            : new ClientAffinity(drawn, timeout, time));
    }

    /// <summary>The endpoint for a connection; null where none is ready.</summary>
    /// <param name="client">The client's address.</param>
    public IPEndPoint? Pick(IPAddress client)
    {
        var (endpoints, balancer) = _choice;
        return endpoints.Count > 0 ? balancer.Pick(endpoints, client) : null;
    }

    private sealed record Choice(IReadOnlyList<IPEndPoint> Endpoints, IConnectionBalancer Balancer);
}
