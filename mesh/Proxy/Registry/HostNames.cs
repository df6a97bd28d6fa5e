using Bookinfo.Mesh.Istio;

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

    /// <summary>A gateway's name in full: <c>mesh</c> stays, a plain name is of the rule's namespace (<c>pilot/pkg/model/virtualservice.go: resolveGatewayName</c>).</summary>
    public static string Gateway(string name, string ruleNamespace)
    {
        if (name == VirtualService.MeshGateway || name.Contains('/'))
        {
            return name.StartsWith("./", StringComparison.Ordinal) ? ruleNamespace + name[1..] : name;
        }

        return $"{ruleNamespace}/{name}";
    }

    /// <summary>Whether all that <paramref name="inner"/> takes is taken by <paramref name="outer"/> as well (<c>pkg/config/host/name.go: SubsetOf</c>).</summary>
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
