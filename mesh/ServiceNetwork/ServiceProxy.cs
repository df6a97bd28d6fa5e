using System.Net;
using System.Net.Sockets;
using Bookinfo.Mesh.ServiceNetwork.Balancing;
using Bookinfo.Mesh.ServiceNetwork.Forwarding;

namespace Bookinfo.Mesh.ServiceNetwork;

/// <summary>
/// What kube-proxy is on a node: each Service port has addresses of its own, and a connection to one of them goes to one of the ready
/// endpoints. It balances connections, not requests: whatever is sent on a connection reaches one pod. It knows nothing of HTTP.
/// </summary>
/// <param name="time">The clock of session affinity.</param>
/// <param name="random">Where endpoints are drawn from. It is used under a lock.</param>
public sealed class ServiceProxy(TimeProvider time, Random random) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Connections _connections = new();
    private readonly RandomBalancer _drawn = new(random);
    private readonly Dictionary<string, PortBackends> _backends = new(StringComparer.Ordinal);
    private readonly Dictionary<IPEndPoint, Frontend> _open = [];
    private bool _isDisposed;

    /// <summary>How many connections are under way.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>
    /// Brings what listens in line with the Services. Connections under way stay where they are, also those of a port that is gone or of an
    /// endpoint that is no longer ready, as a node's connection tracking keeps them.
    /// </summary>
    /// <param name="ports">Every port of every Service. Where two have the same frontend, it is the first one's.</param>
    /// <returns>The frontends on which one cannot listen. They are tried again each time.</returns>
    public IReadOnlyList<UnavailableFrontend> Sync(IReadOnlyList<ServicePort> ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        lock (_lock)
        {
            if (_isDisposed)
            {
                return [];
            }

            var (wanted, doubled) = Frontends(ports);
            foreach (var (address, frontend) in _open.Where(open => wanted.GetValueOrDefault(open.Key) != open.Value.Port).ToList())
            {
                frontend.Dispose();
                _open.Remove(address);
            }

            foreach (var gone in _backends.Keys.Except(ports.Select(port => port.Name)).ToList())
            {
                _backends.Remove(gone);
            }

            foreach (var port in ports)
            {
                BackendsOf(port.Name).Set(port.Endpoints, port.ClientAffinity);
            }

            return [.. doubled, .. wanted.Where(frontend => !_open.ContainsKey(frontend.Key))
                .Select(frontend => Open(frontend.Value, frontend.Key)).OfType<UnavailableFrontend>()];
        }
    }

    /// <summary>Stops listening, and cuts the connections that are under way.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var frontend in _open.Values)
            {
                frontend.Dispose();
            }

            _open.Clear();
        }

        await _connections.DisposeAsync();
    }

    private static (Dictionary<IPEndPoint, string> Wanted, List<UnavailableFrontend> Doubled) Frontends(IReadOnlyList<ServicePort> ports)
    {
        var (wanted, doubled) = (new Dictionary<IPEndPoint, string>(), new List<UnavailableFrontend>());
        foreach (var port in ports.Where(port => port.Endpoints.Count > 0))
        {
            foreach (var address in port.Frontends.Except(port.Endpoints))
            {
                if (!wanted.TryAdd(address, port.Name))
                {
                    doubled.Add(new UnavailableFrontend(port.Name, address, SocketError.AddressAlreadyInUse));
                }
            }
        }

        return (wanted, doubled);
    }

    private PortBackends BackendsOf(string port)
    {
        if (!_backends.TryGetValue(port, out var backends))
        {
            _backends[port] = backends = new PortBackends(_drawn, time);
        }

        return backends;
    }

    private UnavailableFrontend? Open(string port, IPEndPoint address)
    {
        try
        {
            _open[address] = Frontend.Open(port, address, BackendsOf(port), _connections, time);
            return null;
        }
        catch (SocketException e)
        {
            return new UnavailableFrontend(port, address, e.SocketErrorCode);
        }
    }
}
