using System.Net;

namespace Bookinfo.Mesh.ServiceNetwork.Balancing;

/// <summary>Picks the endpoint of a connection. Used by many connections at once.</summary>
internal interface IConnectionBalancer
{
    /// <summary>Picks one.</summary>
    /// <param name="endpoints">Those that are ready, at least one.</param>
    /// <param name="client">The client's address.</param>
    IPEndPoint Pick(IReadOnlyList<IPEndPoint> endpoints, IPAddress client);
}
