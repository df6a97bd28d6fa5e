using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a Gateway (<c>ValidateGateway</c>).</summary>
internal static class GatewayCheck
{
    public static void Check(Gateway gateway, Findings findings)
    {
        if (!DnsNames.IsDnsLabel(gateway.Name))
        {
            findings.Error(RulePath.Root.Field("metadata").Field("name"), $"{Messages.Quote(gateway.Name)} is not a name for a gateway",
                "use letters, digits and hyphens, without dots");
        }

        if (gateway.Servers.Count == 0)
        {
            findings.Error(Findings.Spec, "a gateway has at least one server");
        }

        CommonCheck.Labels(Findings.Spec.Field("selector"), gateway.Selector, findings);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < gateway.Servers.Count; i++)
        {
            var server = gateway.Servers[i];
            var path = Findings.Spec.Field("servers").Item(i);
            Hosts(path, server.Hosts, findings);
            CommonCheck.Port(path.Field("port").Field("number"), server.Port.Number, findings);
            Protocols.Check(path.Field("port").Field("protocol"), "Port", server.Port.Protocol, findings);
            if (server.Port.Name.Length == 0)
            {
                findings.Error(path.Field("port"), "a port needs a name", "write name: http");
            }
            else if (!names.Add(server.Port.Name))
            {
                findings.Error(path.Field("port").Field("name"), $"the port name {Messages.Quote(server.Port.Name)} is there twice",
                    "give each server's port a name of its own");
            }
        }
    }

    /// <summary>
    /// <c>[namespace/]name</c>, where the name is a full one, an IP address, <c>*.suffix</c> or <c>*</c>
    /// (<c>ValidateNamespaceSlashWildcardHostname</c>).
    /// </summary>
    private static void Hosts(RulePath path, IReadOnlyList<string> hosts, Findings findings)
    {
        if (hosts.Count == 0)
        {
            findings.Error(path, "a server has at least one host", "write hosts: [\"*\"] for all");
        }

        for (var i = 0; i < hosts.Count; i++)
        {
            var slash = hosts[i].IndexOf('/', StringComparison.Ordinal);
            var space = slash < 0 ? "*" : hosts[i][..slash];
            if (space is not ("*" or ".") && !DnsNames.IsDnsLabel(space))
            {
                findings.Error(path.Field("hosts").Item(i), $"{Messages.Quote(space)} is not a namespace",
                    "write ./ for its own, */ for all, or a name");
            }

            var host = hosts[i][(slash + 1)..];
            if (host.Length > 0 && host != "*" && !host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(host, out _))
            {
                findings.Error(path.Field("hosts").Item(i), $"{Messages.Quote(host)} is a short name; a gateway's host is a full one",
                    $"write a full name such as {host}.example.com, or *");
            }
            else if (host.Contains('*', StringComparison.Ordinal) && host != "*" && !host.StartsWith("*.", StringComparison.Ordinal))
            {
                findings.Error(path.Field("hosts").Item(i), $"in {Messages.Quote(host)} the wildcard stands for a part of a name",
                    "write * or *.example.com");
            }
            else
            {
                CommonCheck.WildcardHost(path.Field("hosts").Item(i), host, findings, each => IPAddress.TryParse(each, out _));
            }
        }
    }
}
