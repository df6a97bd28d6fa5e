using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.VirtualHosts;

/// <summary>
/// The virtual hosts of a listener. A sidecar has one table. The gateway stands for all ports of its Gateways, of which a caller names one
/// in the Host header as it would dial it: <c>example.org</c> is port 80, <c>example.org:8080</c> port 8080. Where no Gateway has that
/// port, the smallest one answers.
/// </summary>
internal sealed class PortTables
{
    private const int PlainHttp = 80;
    private readonly IReadOnlyDictionary<int, VirtualHostTable> _byPort;
    private readonly VirtualHostTable _other;

    public PortTables(VirtualHostTable only) => (_byPort, _other) = (new Dictionary<int, VirtualHostTable>(), only);

    public PortTables(IReadOnlyDictionary<int, VirtualHostTable> byPort) =>
        (_byPort, _other) = (byPort, byPort.Count == 0 ? new VirtualHostTable() : byPort[byPort.Keys.Min()]);

    /// <summary>
    /// Every domain, with the port where the host is of one port alone; 0 otherwise. Where several tables answer, the port is the one that
    /// leads to its table.
    /// </summary>
    public IEnumerable<(string Domain, int Port)> Domains => _byPort.Count > 1
        ? _byPort.SelectMany(table => table.Value.Domains.Select(each => (each.Domain, table.Key)))
        : _other.Domains;

    /// <summary>The virtual host for a Host header with or without a port; null where there is none.</summary>
    public VirtualHost? Find(string authority) => (_byPort.Count > 1 ? TableFor(authority) : _other).Find(authority);

    private VirtualHostTable TableFor(string authority) => _byPort.GetValueOrDefault(Authority.Split(authority).Port ?? PlainHttp, _other);
}
