using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Bookinfo.Mesh.KubernetesApi.Objects;
using Bookinfo.Mesh.Lab.Network;

namespace Bookinfo.Mesh.Lab.Kubernetes.Services;

/// <summary>
/// Ports that stand for those of a ClusterIP on which the Lab cannot listen: all of them where the system has only 127.0.0.1, else those
/// below 1024 where the user may not listen on them.
/// </summary>
/// <param name="addresses">The service network.</param>
internal sealed class StandInPorts(ServiceAddresses addresses)
{
    /// <summary>What is added to a port below 1024: 80 becomes 10080.</summary>
    private const int Shift = 10000;

    private readonly Dictionary<string, IPEndPoint> _given = new(StringComparer.Ordinal);

    /// <summary>The address of a port of a Service on the service network; null where the Service has none.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="port">Its port.</param>
    public IPEndPoint? AddressOf(JsonObject service, JsonObject port)
    {
        if (!ServiceTypes.HasAddress(service) || !IPAddress.TryParse(service.Text("spec", "clusterIP"), out var address)
            || port.Number("port") is not { } number)
        {
            return null;
        }

        return _given.GetValueOrDefault(Key(service, port))
            ?? (addresses.IsSingle ? Give(service, port, FreePort.On(address)) : new IPEndPoint(address, (int)number));
    }

    /// <summary>Gives a port another one, because the Lab may not listen on it.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="port">Its port.</param>
    /// <param name="failed">The address on which one cannot listen.</param>
    /// <param name="error">Why not.</param>
    /// <returns>Whether there is another one.</returns>
    public bool Replace(JsonObject service, JsonObject port, IPEndPoint failed, SocketError error)
    {
        if (error != SocketError.AccessDenied || addresses.IsSingle || !failed.Equals(AddressOf(service, port))
            || _given.ContainsKey(Key(service, port)))
        {
            return false;
        }

        var shifted = new IPEndPoint(failed.Address, failed.Port + Shift);
        Give(service, port, FreePort.Has(shifted) ? shifted : FreePort.On(failed.Address));
        return true;
    }

    /// <summary>What stands for what in a Service, for people and programs: <c>http=127.109.3.4:10080</c>; null for nothing.</summary>
    /// <param name="service">The Service.</param>
    public string? Describe(JsonObject service)
    {
        var given = ServiceTypes.PortsOf(service).Where(port => _given.ContainsKey(Key(service, port)))
            .Select(port => $"{ServiceTypes.NameOf(port)}={_given[Key(service, port)]}").ToList();
        return given.Count > 0 ? string.Join(',', given) : null;
    }

    /// <summary>Forgets the ports of Services that are gone.</summary>
    /// <param name="services">Those that are there.</param>
    public void Keep(IEnumerable<JsonObject> services)
    {
        foreach (var gone in _given.Keys.Except(
            services.SelectMany(service => ServiceTypes.PortsOf(service).Select(port => Key(service, port)))).ToList())
        {
            _given.Remove(gone);
        }
    }

    private IPEndPoint Give(JsonObject service, JsonObject port, IPEndPoint address) => _given[Key(service, port)] = address;

    private static string Key(JsonObject service, JsonObject port) => $"{service.Uid()}:{port.Number("port")}";
}
