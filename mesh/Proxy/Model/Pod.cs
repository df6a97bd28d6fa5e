using System.Net;

namespace Bookinfo.Mesh.Proxy.Model;

/// <summary>One running copy of a release.</summary>
/// <param name="Name">Unique name, e.g. <c>reviews-v2-0</c>.</param>
/// <param name="Workload">What it is a copy of.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Outbound">This pod's own outbound listener in the mesh, by which the mesh knows who calls; null for a pod that calls no
/// other.</param>
public sealed record Pod(string Name, Workload Workload, IPEndPoint Address, IPEndPoint? Outbound = null);
