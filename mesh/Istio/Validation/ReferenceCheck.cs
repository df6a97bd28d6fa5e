using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.GatewayApi;
using Bookinfo.Mesh.Istio.Model;
using Bookinfo.Mesh.Istio.Names;
using Bookinfo.Mesh.Istio.Problems;

namespace Bookinfo.Mesh.Istio.Validation;

/// <summary>
/// Checks names and references as the Gateway API's CRDs do (<c>config/crd/standard</c> of kubernetes-sigs/gateway-api, as all checks of
/// the Gateway API): what is refused here the API server refuses.
/// </summary>
internal static partial class ReferenceCheck
{
    private const int LongestName = 253;
    private const int LongestHeaderName = 256;

    /// <summary>A DNS name, in lower case, or <c>*.suffix</c> where that is allowed.</summary>
    public static void Hostname(RulePath path, string? host, bool isWildcardAllowed, Findings findings)
    {
        if (host is null)
        {
            return;
        }

        var plain = isWildcardAllowed && host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
        if (!DnsNames.IsDnsSubdomain(plain))
        {
            findings.Error(path, $"{Messages.Quote(host)} is not a hostname",
                isWildcardAllowed ? "write a DNS name in lower case, or *.example.com; leave it out for all hosts"
                    : "write a DNS name in lower case, without a wildcard");
        }
    }

    public static void Hostnames(RulePath path, IReadOnlyList<string> hosts, Findings findings)
    {
        Most(path, hosts.Count, 16, "hostnames", findings);
        for (var i = 0; i < hosts.Count; i++)
        {
            Hostname(path.Item(i), hosts[i], isWildcardAllowed: true, findings);
        }
    }

    /// <summary>The name of a listener or of a rule.</summary>
    public static void SectionName(RulePath path, string? name, Findings findings)
    {
        if (name is not null && !DnsNames.IsDnsSubdomain(name))
        {
            findings.Error(path, $"{Messages.Quote(name)} is not a name", "use lower-case letters, digits, hyphens and dots");
        }
    }

    public static void Parents(RulePath path, IReadOnlyList<ParentReference> parents, Findings findings)
    {
        Most(path, parents.Count, 32, "parentRefs", findings);
        for (var i = 0; i < parents.Count; i++)
        {
            Parent(path.Item(i), parents[i], findings);
            var same = parents.Take(i).Where(other => IsSame(other, parents[i])).ToList();
            if (same.Exists(other => other.SectionName == parents[i].SectionName && other.Port == parents[i].Port))
            {
                findings.Error(path.Item(i), $"the parent {Messages.Quote(parents[i].Name)} is there twice",
                    "name another sectionName or port in each");
            }
            else if (same.Exists(other => other.SectionName is null != parents[i].SectionName is null && other.Port == parents[i].Port))
            {
                findings.Error(path.Item(i), $"the parent {Messages.Quote(parents[i].Name)} is there with a sectionName and without",
                    "name the sectionName in each");
            }
        }
    }

    public static void Parent(RulePath path, ParentReference parent, Findings findings)
    {
        Reference(path, parent.Group, parent.Kind, parent.Name, parent.Namespace, findings);
        SectionName(path.Field("sectionName"), parent.SectionName, findings);
        CommonCheck.Port(path.Field("port"), parent.Port, findings);
    }

    public static void Backend(RulePath path, BackendObjectReference backend, Findings findings)
    {
        Reference(path, backend.Group, backend.Kind, backend.Name, backend.Namespace, findings);
        CommonCheck.Port(path.Field("port"), backend.Port, findings);
        if (backend.Port is null && string.IsNullOrEmpty(backend.Group) && backend.Kind is null or "Service")
        {
            findings.Error(path.Field("port"), "a Service is named with its port", "write port: 9080");
        }
        else if (backend.Name.Contains('.', StringComparison.Ordinal) && string.IsNullOrEmpty(backend.Group)
            && backend.Kind is null or "Service")
        {
            // conversion.go: buildDestination.
            findings.Error(path.Field("name"), $"{Messages.Quote(backend.Name)} is a host; the name of the Service is wanted",
                $"write name: {backend.Name.Split('.')[0]}, and namespace: ... where it is another one");
        }
    }

    /// <summary>The name of a header, or of a query parameter.</summary>
    public static void HeaderName(RulePath path, string name, Findings findings)
    {
        if (name.Length > LongestHeaderName || !HeadersCheck.IsName(name))
        {
            findings.Error(path, $"{Messages.Quote(name)} is not a name of a header or parameter",
                "use letters, digits, hyphens and underscores");
        }
    }

    /// <summary>An error for a list that is longer than the API server takes.</summary>
    public static void Most(RulePath path, int count, int most, string what, Findings findings)
    {
        if (count > most)
        {
            findings.Error(path, $"there are {count} {what}; the API server takes {most}", "make two resources of it");
        }
    }

    private static void Reference(RulePath path, string? group, string? kind, string name, string? space, Findings findings)
    {
        if (group is { Length: > 0 } && !DnsNames.IsDnsSubdomain(group))
        {
            findings.Error(path.Field("group"), $"{Messages.Quote(group)} is not an API group",
                "write the group without a version, such as gateway.networking.k8s.io, or \"\" for Kubernetes' own");
        }

        if (kind is not null && !KindName().IsMatch(kind))
        {
            findings.Error(path.Field("kind"), $"{Messages.Quote(kind)} is not a kind", "write it as Service or Gateway");
        }

        if (name.Length is 0 or > LongestName)
        {
            findings.Error(path.Field("name"), "a name has 1 to 253 characters");
        }

        if (space is not null && !DnsNames.IsDnsLabel(space))
        {
            findings.Error(path.Field("namespace"), $"{Messages.Quote(space)} is not a namespace",
                "use lower-case letters, digits and hyphens, at most 63");
        }
    }

    private static bool IsSame(ParentReference one, ParentReference other) =>
        (one.Group ?? GatewayApiResource.Group, one.Kind ?? "Gateway", one.Name, one.Namespace)
            == (other.Group ?? GatewayApiResource.Group, other.Kind ?? "Gateway", other.Name, other.Namespace);

    [GeneratedRegex(@"^[a-zA-Z]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?\z")]
    private static partial Regex KindName();
}
