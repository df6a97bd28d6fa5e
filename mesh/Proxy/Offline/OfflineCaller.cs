using Bookinfo.Mesh.Proxy.Compilation;
using Bookinfo.Mesh.Proxy.Explaining;
using Bookinfo.Mesh.Proxy.Model;
using Bookinfo.Mesh.Proxy.Registry;

namespace Bookinfo.Mesh.Proxy.Offline;

/// <summary>One caller's view of a mesh that does not run.</summary>
public sealed class OfflineCaller
{
    private readonly Caller _caller;
    private readonly RuleTables _tables;
    private readonly OutboundTrafficPolicy _outbound;

    internal OfflineCaller(Caller caller, RuleTables tables, OutboundTrafficPolicy outbound) =>
        (_caller, _tables, _outbound) = (caller, tables, outbound);

    /// <summary>The pod's name, or the gateway's.</summary>
    public string Name => _caller.Name;

    /// <summary>What the caller is a copy of.</summary>
    public Workload Workload => _caller.Workload;

    /// <summary>Whether it is the gateway.</summary>
    public bool IsGateway => _caller.IsGateway;

    /// <summary>Every domain of its virtual hosts, with the port where the host has only one port; 0 otherwise.</summary>
    public IEnumerable<(string Domain, int Port)> Domains => _tables.ScopeOf(_caller).Hosts.Domains;

    /// <summary>
    /// What callers have in common whose requests go the same ways, whatever they ask for: the same object for all of them.
    /// </summary>
    public object View => _tables.ScopeOf(_caller).Hosts is { DependsOnCaller: false } shared ? shared : this;

    /// <summary>What becomes of a request.</summary>
    public RouteOutcome Decide(SampleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OutcomeFinder.Find(_tables, _caller, _outbound, request.ToInfo());
    }

    /// <summary>The virtual host for a Host header; null where no virtual host has it.</summary>
    public OfflineHost? FindHost(string authority) =>
        _tables.ScopeOf(_caller).Hosts.Find(authority) is { } host ? new OfflineHost(host, host.RoutesFor(_caller)) : null;
}
