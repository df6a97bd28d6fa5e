using System.Globalization;
using System.Net;

namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Host names, short ones and those with wildcards. Upper and lower case are the same, as in DNS. Source: <c>pkg/config/host/name.go</c>,
/// <c>pilot/pkg/model/config.go: ResolveShortnameToFQDN</c>.
/// </summary>
public static class HostNames
{
    /// <summary>
    /// The full name in lower case. A name without a dot is a service of the rule's namespace; every other name, a wildcard and an
    /// address have nothing added.
    /// </summary>
    /// <param name="host">The host as a rule writes it.</param>
    /// <param name="space">The rule's namespace.</param>
    /// <param name="domain">The cluster's domain, such as <c>cluster.local</c>.</param>
    public static string Full(string host, string space, string domain)
    {
        ArgumentNullException.ThrowIfNull(host);
        var lower = host.ToLowerInvariant();
        return lower.Contains('.', StringComparison.Ordinal) || lower.Contains(':', StringComparison.Ordinal) || IsWildcard(lower)
            || lower.Length == 0 ? lower : OfService(lower, space, domain);
    }

    /// <summary>The full name of a service: <c>reviews.default.svc.cluster.local</c>.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="space">The service's namespace.</param>
    /// <param name="domain">The cluster's domain.</param>
    public static string OfService(string service, string space, string domain) => $"{service}.{space}.svc.{domain}";

    /// <summary>Whether every name that <paramref name="inner"/> stands for is one of <paramref name="outer"/> (<c>SubsetOf</c>).</summary>
    /// <param name="inner">A name, which may begin with a wildcard.</param>
    /// <param name="outer">Another one.</param>
    public static bool IsWithin(string inner, string outer)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(outer);
        return !IsWildcard(outer) ? string.Equals(inner, outer, StringComparison.OrdinalIgnoreCase)
            : IsWildcard(inner) ? inner.Length >= outer.Length && EndsAs(inner.AsSpan(1), outer)
            : EndsAs(inner, outer);
    }

    /// <summary>
    /// Every name by which callers in a namespace reach a host: the host itself, also with the dot of a root at its end; and for one that
    /// is named like a Kubernetes service its short forms, whether it is one or a ServiceEntry's
    /// (<c>pilot/pkg/networking/core/httproute.go: GenerateAltVirtualHosts, generateAltVirtualHostsForKubernetesService</c>).
    /// </summary>
    /// <param name="host">The host's full name.</param>
    /// <param name="callerNamespace">The namespace of the callers.</param>
    /// <param name="domain">The cluster's domain.</param>
    public static IEnumerable<string> Domains(string host, string callerNamespace, string domain)
    {
        ArgumentNullException.ThrowIfNull(host);
        return [host, .. IPAddress.TryParse(host, out _) ? [] : (string[])[$"{host}."], .. ShortForms(host, callerNamespace, domain)];
    }

    /// <summary>Whether the name stands for all names with an ending.</summary>
    internal static bool IsWildcard(string host) => host.StartsWith('*');

    /// <summary>The namespace in a full name, <c>reviews.default.svc.cluster.local</c>; null in a name of another form.</summary>
    public static string? NamespaceOf(string full, string domain) =>
        full.Split('.', 3) is [_, var space, var rest] && rest == $"svc.{domain}" ? space : null;

    /// <summary>
    /// The full names that a person may mean by a name in any form: <c>orders</c>, <c>orders.prod</c>, <c>orders.prod.svc</c>, the full
    /// name, a name outside the cluster, each with or without a port.
    /// </summary>
    internal static IEnumerable<string> Forms(string host, string space, string domain)
    {
        var colon = host.LastIndexOf(':');
        var name = colon > 0 && int.TryParse(host.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? host[..colon]
            : host;
        name = name.TrimEnd('.');
        return name.Split('.') switch
        {
            [_] => [Full(name, space, domain)],
            [_, _] => [name, $"{name}.svc.{domain}"],
            [_, _, "svc"] => [$"{name}.{domain}"],
            _ => [name],
        };
    }

    /// <summary>The name from its end, so that a wildcard becomes a prefix.</summary>
    internal static string Reversed(string host) => string.Create(host.Length, host, (reversed, name) =>
    {
        name.CopyTo(reversed);
        reversed.Reverse();
    });

    private static IEnumerable<string> ShortForms(string host, string callerNamespace, string domain)
    {
        var service = $".svc.{domain}";
        var end = host.Length - service.Length;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return end <= 0 || dot < 0 || dot >= end || !host.EndsWith(service, StringComparison.OrdinalIgnoreCase) ? []
            : host[(dot + 1)..end] == callerNamespace ? [host[..end], $"{host[..end]}.svc", host[..dot]]
            : [host[..end], $"{host[..end]}.svc"];
    }

    private static bool EndsAs(ReadOnlySpan<char> name, string wildcard) =>
        name.EndsWith(wildcard.AsSpan(1), StringComparison.OrdinalIgnoreCase);
}
