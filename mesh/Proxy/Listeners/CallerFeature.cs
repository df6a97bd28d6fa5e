using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Listeners;

/// <summary>On every connection: whose listener took it.</summary>
internal sealed record CallerFeature(Caller Caller);
