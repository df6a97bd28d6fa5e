using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Proxy.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>What a ServiceEntry adds to the registry (<c>pilot/pkg/serviceregistry/serviceentry/conversion.go</c>).</summary>
internal static class ServiceEntries
{
    public static IEnumerable<Service> Services(ServiceEntry entry, MeshOptions options, bool forSidecars)
    {
        foreach (var host in entry.Hosts)
        {
            foreach (var port in entry.Ports)
            {
                yield return new Service
                {
                    Host = HostNames.Full(host, entry.Namespace, options.ClusterDomain),
                    Name = host,
                    Namespace = entry.Namespace,
                    Port = port.Number,
                    SpeaksHttp2 = port.Protocol?.ToUpperInvariant() is "GRPC" or "GRPC-WEB" or "HTTP2",
                    KeepsClientProtocol = forSidecars && port.Protocol is null,
                    Endpoints = Endpoints(entry, host, port),
                    ByRequestedHost = entry.Resolution is ServiceEntryResolution.None or ServiceEntryResolution.DynamicDns,
                    NamesFor = callerNamespace =>
                    [
                        .. HostNames.Domains(host, callerNamespace, options.ClusterDomain),
                        .. entry.Addresses.Where(address => !address.Contains('/')),
                    ],
                };
            }
        }
    }

    private static Endpoint[] Endpoints(ServiceEntry entry, string host, ServicePort port)
    {
        var target = port.TargetPort ?? port.Number;
        if (entry.Endpoints.Count > 0)
        {
            return [.. entry.Endpoints.Select(endpoint =>
                new Endpoint(endpoint.Address, endpoint.Ports.TryGetValue(port.Name, out var own) ? own : target, endpoint.Labels, null))];
        }

        return entry.Resolution is ServiceEntryResolution.Dns or ServiceEntryResolution.DnsRoundRobin
            ? [new Endpoint(host, target, new Dictionary<string, string>(), null)]
            : [];
    }
}
