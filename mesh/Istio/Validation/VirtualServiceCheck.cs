using System.Net;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>Checks a VirtualService (<c>ValidateVirtualService</c>).</summary>
internal static class VirtualServiceCheck
{
    public static void Check(VirtualService service, Findings findings)
    {
        var isDelegate = service.Hosts.Count == 0;
        if (isDelegate && service.Gateways.Count > 0)
        {
            findings.Error(Findings.Spec.Field("gateways"), "a VirtualService without hosts is a delegate, and a delegate has no gateways",
                "add hosts, or leave gateways to the one that delegates");
        }

        CheckGateways(Findings.Spec.Field("gateways"), service.Gateways, findings);
        Hosts(service, findings);
        if (service.Http.Count == 0)
        {
            findings.Error(Findings.Spec, "at least one route is required under http");
        }

        for (var i = 0; i < service.Http.Count; i++)
        {
            HttpRouteCheck.Check(Findings.Spec.Field("http").Item(i), service.Http[i], isDelegate, findings);
        }

        CommonCheck.ExportTo(service, service.ExportTo, findings);
        ReachabilityCheck.Check(service, findings);
    }

    /// <summary><c>name</c>, <c>namespace/name</c>, or the old <c>name.namespace.svc...</c> (<c>validateGatewayNames</c>).</summary>
    public static void CheckGateways(RulePath path, IReadOnlyList<string> names, Findings findings)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Contains(GatewayNames.Internal, StringComparison.Ordinal))
            {
                findings.Add(MessageTypes.ReferencedInternalGateway, path.Item(i), $"{names[i]} is a Gateway that Istio made for itself",
                    "name the Gateway of the Kubernetes Gateway API");
            }

            var slash = names[i].IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0)
            {
                if (!DnsNames.IsDnsLabel(names[i].AsSpan(0, slash)) || !DnsNames.IsDnsLabel(names[i].AsSpan(slash + 1)))
                {
                    findings.Error(path.Item(i), $"{Messages.Quote(names[i])} is not a gateway", "write namespace/name, name, or mesh");
                }
            }
            else if (DnsNames.FindHostError(names[i]) is { } error)
            {
                findings.Error(path.Item(i), $"a gateway is a name: {error}", "write namespace/name, name, or mesh");
            }
            else if (names[i].Split('.') is [var name, var space, ..])
            {
                findings.Note(path.Item(i), "a gateway's full name is an old form", $"write {space}/{name}");
            }
        }
    }

    private static void Hosts(VirtualService service, Findings findings)
    {
        var path = Findings.Spec.Field("hosts");
        var forMesh = (service.Gateways.Count == 0 && !findings.IsSpoilt(Findings.Spec.Field("gateways")))
            || service.Gateways.Contains(VirtualService.MeshGateway);
        var valid = true;
        for (var i = 0; i < service.Hosts.Count; i++)
        {
            valid &= CommonCheck.WildcardHost(path.Item(i), service.Hosts[i], findings, host => IPAddress.TryParse(host, out _));
            if (forMesh && service.Hosts[i] == "*")
            {
                findings.Error(path.Item(i), "* is not allowed for calls inside the mesh",
                    "name the services, or a gateway the rule is for");
                valid = false;
            }
        }

        if (valid && service.Hosts.Count > 1)
        {
            Overlaps(path, service.Hosts, findings);
        }
    }

    /// <summary>Hosts that stand for the same requests: <c>*.example.com</c> and <c>www.example.com</c>.</summary>
    private static void Overlaps(RulePath path, IReadOnlyList<string> hosts, Findings findings)
    {
        var wildcards = new Prefixes<string>();
        foreach (var host in hosts.Where(HostNames.IsWildcard).OrderBy(host => host.Length))
        {
            wildcards.Add(HostNames.Reversed(host[1..]), host);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < hosts.Count; i++)
        {
            if (!seen.Add(hosts[i]))
            {
                findings.Error(path.Item(i), $"the host {Messages.Quote(hosts[i])} is there twice");
            }
            else if (wildcards.TryFind(HostNames.Reversed(hosts[i].TrimStart('*')), out var wider) && wider.Owner != hosts[i])
            {
                findings.Error(path.Item(i),
                    $"{Messages.Quote(hosts[i])} and {Messages.Quote(wider.Owner)} are hosts for the same requests", "keep the wider one");
            }
        }
    }
}
