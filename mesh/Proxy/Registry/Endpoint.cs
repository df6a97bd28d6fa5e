using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>An address that serves a service: a pod's, or one that a ServiceEntry names.</summary>
/// <param name="Host">IP address or DNS name.</param>
/// <param name="Port">Port.</param>
/// <param name="Labels">Labels that subsets select by.</param>
/// <param name="Pod">The pod behind it; null for one that a ServiceEntry names.</param>
internal sealed record Endpoint(string Host, int Port, IReadOnlyDictionary<string, string> Labels, Pod? Pod)
{
    /// <summary><c>host:port</c>, an IPv6 address in brackets.</summary>
    public string Address { get; } = Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
