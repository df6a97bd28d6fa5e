using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a ServiceEntry (<c>ValidateServiceEntry</c>).</summary>
internal static class ServiceEntryCheck
{
    public static void Check(ServiceEntry entry, Findings findings)
    {
        Hosts(entry, findings);
        Addresses(Findings.Spec.Field("addresses"), entry.Addresses, findings);

        Ports(entry, findings);
        switch (entry.Resolution)
        {
            case ServiceEntryResolution.None when entry.Endpoints.Count > 0:
                findings.Error(Findings.Spec.Field("endpoints"), "with resolution NONE there are no endpoints",
                    "write resolution: STATIC or DNS");
                break;
            case ServiceEntryResolution.DynamicDns:
                Dynamic(entry, findings);
                break;
            case ServiceEntryResolution.DnsRoundRobin when entry.Endpoints.Count > 1:
                findings.Error(Findings.Spec.Field("endpoints"), "with resolution DNS_ROUND_ROBIN there is at most one endpoint",
                    "write resolution: DNS");
                break;
        }

        var ports = entry.Ports.Select(port => port.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < entry.Endpoints.Count; i++)
        {
            Endpoint(Findings.Spec.Field("endpoints").Item(i), entry.Resolution, ports, entry.Endpoints[i], findings);
        }

        CommonCheck.ExportTo(entry, entry.ExportTo, findings, allowsNone: true);
    }

    private static void Hosts(ServiceEntry entry, Findings findings)
    {
        var path = Findings.Spec.Field("hosts");
        if (entry.Hosts.Count == 0)
        {
            findings.Error(Findings.Spec, "a service entry has at least one host");
        }

        var needsName = entry is { Resolution: ServiceEntryResolution.Dns or ServiceEntryResolution.DnsRoundRobin, Endpoints.Count: 0 };
        for (var i = 0; i < entry.Hosts.Count; i++)
        {
            var host = entry.Hosts[i];
            if (host == "*")
            {
                findings.Error(path.Item(i), "a service entry cannot stand for every host", "name hosts, or *.example.com");
            }
            else if (!CommonCheck.WildcardHost(path.Item(i), host, findings))
            {
                continue;
            }
            else if (needsName && HostNames.IsWildcard(host))
            {
                findings.Error(path.Item(i), $"DNS cannot resolve {Messages.Quote(host)}",
                    "name endpoints, or write resolution: NONE or DYNAMIC_DNS");
            }
            else if (entry.Resolution == ServiceEntryResolution.DynamicDns ? !HostNames.IsWildcard(host) : HostNames.IsWildcard(host)
                && !host.StartsWith("*.", StringComparison.Ordinal))
            {
                Wildcard(path.Item(i), entry.Resolution, host, findings);
            }
        }
    }

    private static void Wildcard(RulePath path, ServiceEntryResolution resolution, string host, Findings findings)
    {
        if (resolution == ServiceEntryResolution.DynamicDns)
        {
            findings.Error(path, $"resolution DYNAMIC_DNS is for wildcards, {Messages.Quote(host)} given", "write resolution: DNS");
        }
        else
        {
            findings.Warning(path, $"in {Messages.Quote(host)} the wildcard stands for a part of a name", "write *.example.com");
        }
    }

    /// <summary>IP addresses. Prefixes, of which some files have dozens, are told once.</summary>
    private static void Addresses(RulePath path, IReadOnlyList<string> addresses, Findings findings)
    {
        var prefixes = new List<int>();
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].Contains('/', StringComparison.Ordinal) && IPNetwork.TryParse(addresses[i], out _))
            {
                prefixes.Add(i);
            }
            else if (!IPAddress.TryParse(addresses[i], out _))
            {
                findings.Error(path.Item(i), $"{Messages.Quote(addresses[i])} is not an IP address", "write it as 192.0.2.1");
            }
        }

        if (prefixes.Count > 0)
        {
            findings.Add(
                MessageTypes.Unsupported,
                path.Item(prefixes[0]),
                $"the mesh does not support CIDR prefixes{(prefixes.Count > 1 ? $", of which there are {prefixes.Count}" : "")}: "
                + UnsupportedFields.Reason("ServiceEntry", "addresses: CIDR"),
                "write single addresses");
        }
    }

    private static void Ports(ServiceEntry entry, Findings findings)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var numbers = new HashSet<int>();
        for (var i = 0; i < entry.Ports.Count; i++)
        {
            var port = entry.Ports[i];
            var path = Findings.Spec.Field("ports").Item(i);
            CommonCheck.PortName(path, port.Name, findings);
            CommonCheck.Port(path.Field("number"), port.Number, findings);
            CommonCheck.Port(path.Field("targetPort"), port.TargetPort, findings);
            if (port.Protocol is not null)
            {
                Protocols.Check(path.Field("protocol"), "ServicePort", port.Protocol, findings);
            }

            // analyzers/serviceentry/protocoladdresses.go
            if (entry.Addresses.Count == 0
                && (port.Protocol is null or "" || port.Protocol.Equals("TCP", StringComparison.OrdinalIgnoreCase)))
            {
                findings.Add(
                    MessageTypes.ServiceEntryAddressesRequired,
                    path,
                    "without addresses Istio may not serve a port of TCP, or one without a protocol",
                    "write protocol: HTTP, or add addresses");
            }

            if (!names.Add(port.Name))
            {
                findings.Error(path.Field("name"), $"the port name {Messages.Quote(port.Name)} is there twice");
            }

            if (!numbers.Add(port.Number))
            {
                findings.Error(path.Field("number"), $"the port {port.Number} is there twice");
            }
        }
    }

    private static void Dynamic(ServiceEntry entry, Findings findings)
    {
        if (entry.Addresses.Count > 0)
        {
            findings.Error(Findings.Spec.Field("addresses"), "with resolution DYNAMIC_DNS there are no addresses",
                "leave them out: the host each request names is looked up");
        }

        if (entry.Endpoints.Count > 0)
        {
            findings.Error(Findings.Spec.Field("endpoints"), "with resolution DYNAMIC_DNS there are no endpoints",
                "leave them out: the host each request names is looked up");
        }
    }

    private static void Endpoint(RulePath path, ServiceEntryResolution resolution, HashSet<string> ports, WorkloadEntry endpoint,
        Findings findings)
    {
        var at = path.Field("address");
        if (endpoint.Address.StartsWith("unix://", StringComparison.Ordinal))
        {
            findings.Add(MessageTypes.Unsupported, at,
                $"the mesh does not support Unix sockets: {UnsupportedFields.Reason("WorkloadEntry", "address: unix://")}");
        }
        else if (endpoint.Address.Length == 0)
        {
            findings.Error(path, "an endpoint needs an address");
        }
        else if (!IPAddress.TryParse(endpoint.Address, out _))
        {
            if (resolution == ServiceEntryResolution.Static)
            {
                findings.Error(at, $"{Messages.Quote(endpoint.Address)} is not an IP address", "write resolution: DNS for names");
            }
            else if (DnsNames.FindHostError(endpoint.Address) is { } error)
            {
                findings.Error(at, error);
            }
        }

        CommonCheck.Labels(path.Field("labels"), endpoint.Labels, findings);
        foreach (var (name, port) in endpoint.Ports)
        {
            CommonCheck.Port(path.Field("ports").Key(name), port, findings);
            if (!ports.Contains(name))
            {
                findings.Error(path.Field("ports").Key(name), $"the service entry has no port {Messages.Quote(name)}",
                    $"use {Messages.OneOf(ports)}");
            }
        }
    }
}
