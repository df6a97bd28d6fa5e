namespace Bookinfo.Mesh.Istio;

/// <summary>Host names with wildcards, and short ones. Source: <c>pkg/config/host/name.go</c>, <c>pilot/pkg/model/config.go: ResolveShortnameToFQDN</c>.</summary>
internal static class HostNames
{
    public static bool IsWildcard(string host) => host.StartsWith('*');

    /// <summary>Whether every name that <paramref name="inner"/> stands for is one of <paramref name="outer"/> (<c>Name.SubsetOf</c>).</summary>
    public static bool IsWithin(string inner, string outer) =>
        IsWildcard(outer)
            ? IsWildcard(inner) ? inner.Length >= outer.Length && EndsAs(inner[1..], outer) : EndsAs(inner, outer)
            : inner == outer;

    /// <summary>A name without a dot is a service of the rule's namespace; every other name stays as it is.</summary>
    public static string Full(string host, string space, string domain) =>
        host.Contains('.', StringComparison.Ordinal) || host == "*" || host.Length == 0 ? host : $"{host}.{space}.svc.{domain}";

    /// <summary>The name from its end, so that a wildcard becomes a prefix.</summary>
    public static string Reversed(string host) => string.Create(host.Length, host, (reversed, name) =>
    {
        name.CopyTo(reversed);
        reversed.Reverse();
    });

    private static bool EndsAs(string name, string wildcard) => name.AsSpan().EndsWith(wildcard.AsSpan(1), StringComparison.Ordinal);
}
