using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.VirtualHosts;

/// <summary>
/// The virtual hosts of a listener. A sidecar has one table. The gateway stands for all ports of its Gateways, of which a caller names one
/// in the Host header as it would dial it: <c>example.org</c> is port 80, <c>example.org:8080</c> port 8080. Where no Gateway has that
/// port, the smallest one answers that has the host.
/// </summary>
internal sealed class PortTables
{
    private const int PlainHttp = 80;
    private readonly IReadOnlyDictionary<int, VirtualHostTable> _byPort;
    private readonly VirtualHostTable[] _others;

    public PortTables(VirtualHostTable only) => (_byPort, _others) = (new Dictionary<int, VirtualHostTable>(), [only]);

    public PortTables(IReadOnlyDictionary<int, VirtualHostTable> byPort) =>
        (_byPort, _others) = (byPort, byPort.Count == 0 ? [new VirtualHostTable()]
            : [.. byPort.OrderBy(port => port.Key).Select(port => port.Value)]);

    /// <summary>
    /// Every domain, with the port where the host has only one port; 0 otherwise. Where several tables answer, the port is the one that
    /// leads to its table.
    /// </summary>
    public IEnumerable<(string Domain, int Port)> Domains => _byPort.Count > 1
        ? _byPort.SelectMany(table => table.Value.Domains.Select(each => (each.Domain, table.Key)))
        : _others[0].Domains;

    /// <summary>Whether a match of one of the virtual hosts asks who calls.</summary>
    public bool DependsOnCaller => Array.Exists(_others, table => table.DependsOnCaller);

    /// <summary>The virtual host for a Host header with or without a port; null where there is none.</summary>
    public VirtualHost? Find(string authority)
    {
        if (_byPort.Count > 1 && _byPort.TryGetValue(Authority.Split(authority).Port ?? PlainHttp, out var table))
        {
            return table.Find(authority);
        }

        foreach (var other in _others)
        {
            if (other.Find(authority) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
