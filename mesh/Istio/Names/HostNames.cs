using System.Globalization;

namespace Bookinfo.Mesh.Istio.Names;

/// <summary>
/// Host names with wildcards, and short ones. Source: <c>pkg/config/host/name.go</c>, <c>pilot/pkg/model/config.go:
/// ResolveShortnameToFQDN</c>.
/// </summary>
internal static class HostNames
{
    /// <summary>Whether the name stands for all names with an ending.</summary>
    public static bool IsWildcard(string host) => host.StartsWith('*');

    /// <summary>
    /// Whether every name that <paramref name="inner"/> stands for is one of <paramref name="outer"/> (<c>Name.SubsetOf</c>).
    /// </summary>
    public static bool IsWithin(string inner, string outer) =>
        IsWildcard(outer)
            ? IsWildcard(inner) ? inner.Length >= outer.Length && EndsAs(inner[1..], outer) : EndsAs(inner, outer)
            : inner == outer;

    /// <summary>A name without a dot is a service of the rule's namespace; every other name stays as it is.</summary>
    /// <param name="host">The host as a rule writes it.</param>
    /// <param name="space">The rule's namespace.</param>
    /// <param name="domain">The cluster's domain, such as <c>cluster.local</c>.</param>
    public static string Full(string host, string space, string domain) =>
        host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || IsWildcard(host) || host.Length == 0
            ? host
            : $"{host}.{space}.svc.{domain}";

    /// <summary>The namespace in a full name, <c>reviews.default.svc.cluster.local</c>; null in a name of another form.</summary>
    public static string? NamespaceOf(string full, string domain) =>
        full.Split('.', 3) is [_, var space, var rest] && rest == $"svc.{domain}" ? space : null;

    /// <summary>
    /// The full names that a person may mean by a name in any form: <c>orders</c>, <c>orders.prod</c>, <c>orders.prod.svc</c>, the full
    /// name, a name outside the cluster, each with or without a port.
    /// </summary>
    public static IEnumerable<string> Forms(string host, string space, string domain)
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
    public static string Reversed(string host) => string.Create(host.Length, host, (reversed, name) =>
    {
        name.CopyTo(reversed);
        reversed.Reverse();
    });

    private static bool EndsAs(string name, string wildcard) => name.AsSpan().EndsWith(wildcard.AsSpan(1), StringComparison.Ordinal);
}
