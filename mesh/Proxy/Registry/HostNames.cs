using System.Net;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Proxy.Registry;

/// <summary>Short and full names of services.</summary>
internal static class HostNames
{
    /// <summary>
    /// A name without a dot gets the rule's namespace and the cluster's domain; names with a dot, wildcards and addresses stay as they are
    /// (<c>pilot/pkg/model/config.go: ResolveShortnameToFQDN</c>).
    /// </summary>
    public static string Resolve(string host, string ruleNamespace, string clusterDomain) =>
        host.Contains('.') || host.Contains('*') || host.Contains(':') || host.Length == 0
            ? host.ToLowerInvariant()
            : Full(host.ToLowerInvariant(), ruleNamespace, clusterDomain);

    /// <summary><c>reviews.default.svc.cluster.local</c>.</summary>
    public static string Full(string name, string @namespace, string clusterDomain) => $"{name}.{@namespace}.svc.{clusterDomain}";

    /// <summary>
    /// A gateway's name in full, <c>namespace/name</c>: <c>mesh</c> stays, a plain name is of the rule's namespace, and the first two parts
    /// of a name with dots are name and namespace (<c>pilot/pkg/model/config.go: resolveGatewayName</c>).
    /// </summary>
    public static string Gateway(string name, string ruleNamespace)
    {
        if (name == VirtualService.MeshGateway)
        {
            return name;
        }

        if (name.Contains('/'))
        {
            return name.StartsWith("./", StringComparison.Ordinal) ? ruleNamespace + name[1..] : name;
        }

        return name.Split('.') is [var gateway, var @namespace, ..] ? $"{@namespace}/{gateway}" : $"{ruleNamespace}/{name}";
    }

    /// <summary>
    /// Every name by which callers in a namespace reach a host: the host itself, also with the dot of a root at its end; and for one that
    /// is named like a Kubernetes service its short forms, whether it is one or a ServiceEntry's
    /// (<c>pilot/pkg/networking/core/httproute.go: GenerateAltVirtualHosts, generateAltVirtualHostsForKubernetesService</c>).
    /// </summary>
    public static IEnumerable<string> Domains(string host, string callerNamespace, string clusterDomain)
    {
        yield return host;
        if (!IPAddress.TryParse(host, out _))
        {
            yield return $"{host}.";
        }

        var service = $".svc.{clusterDomain}";
        var end = host.Length - service.Length;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        if (end <= 0 || dot < 0 || dot >= end || !host.EndsWith(service, StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        yield return host[..end];
        yield return $"{host[..end]}.svc";
        if (host[(dot + 1)..end] == callerNamespace)
        {
            yield return host[..dot];
        }
    }

    /// <summary>
    /// Whether all that <paramref name="inner"/> takes is taken by <paramref name="outer"/> as well (<c>pkg/config/host/name.go:
    /// SubsetOf</c>).
    /// </summary>
    public static bool IsWithin(string inner, string outer)
    {
        if (outer.StartsWith('*'))
        {
            return inner.StartsWith('*')
                ? inner.Length >= outer.Length && inner[1..].EndsWith(outer[1..], StringComparison.OrdinalIgnoreCase)
                : inner.EndsWith(outer[1..], StringComparison.OrdinalIgnoreCase);
        }

        return string.Equals(inner, outer, StringComparison.OrdinalIgnoreCase);
    }
}
