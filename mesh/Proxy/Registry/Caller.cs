using System.Net;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>Whose requests a listener takes: a pod by its sidecar, or callers outside by the gateway.</summary>
internal sealed class Caller
{
    /// <summary>Position among all callers, for tables by caller.</summary>
    public required int Index { get; init; }

    /// <summary>The pod's name, or the gateway's.</summary>
    public required string Name { get; init; }

    public required Workload Workload { get; init; }

    /// <summary>The listener's address as configured.</summary>
    public required IPEndPoint Listener { get; init; }

    public required bool IsGateway { get; init; }
}
