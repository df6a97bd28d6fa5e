using Bookinfo.Mesh.Proxy.Endpoints;

namespace Bookinfo.Mesh.Proxy.LoadBalancing;

/// <summary>Leads from a hash to an endpoint, so that a change of the endpoints moves few keys.</summary>
internal interface IHashTable
{
    /// <summary>The endpoint; null where there is none.</summary>
    UpstreamHost? Find(ulong hash);
}
