using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.VirtualHosts;

/// <summary>
/// Finds the virtual host for a Host header: the exact name, then the longest suffix wildcard, then the longest prefix wildcard, then
/// <c>*</c>
/// (<c>source/common/router/config_impl.cc: RouteMatcher::findVirtualHost</c> of envoyproxy/envoy). Names are compared without case.
/// </summary>
internal sealed class VirtualHostTable
{
    private readonly Dictionary<string, VirtualHost[]> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, VirtualHost[]>.AlternateLookup<ReadOnlySpan<char>> _exactBySpan;
    private readonly List<(string Suffix, VirtualHost Host)> _suffixes = [];
    private readonly List<(string Prefix, VirtualHost Host)> _prefixes = [];
    private VirtualHost? _any;

    public VirtualHostTable() => _exactBySpan = _exact.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every domain, with the port where the host has only one port; 0 otherwise.</summary>
    public IEnumerable<(string Domain, int Port)> Domains =>
    [
        .. _exact.SelectMany(exact => exact.Value.Select(host => (exact.Key, host.Port))),
        .. _suffixes.Select(suffix => ($"*{suffix.Suffix}", suffix.Host.Port)),
        .. _prefixes.Select(prefix => ($"{prefix.Prefix}*", prefix.Host.Port)),
        .. _any is null ? [] : new[] { ("*", _any.Port) },
    ];

    /// <summary>Whether a match of one of the virtual hosts asks who calls.</summary>
    public bool DependsOnCaller => _any is { DependsOnCaller: true }
        || _exact.Values.Any(hosts => Array.Exists(hosts, host => host.DependsOnCaller))
        || _suffixes.Exists(suffix => suffix.Host.DependsOnCaller) || _prefixes.Exists(prefix => prefix.Host.DependsOnCaller);

    /// <summary>
    /// Adds a domain; false where the domain is taken already, which leaves the first in place (<c>httproute.go: dedupeDomains</c>).
    /// </summary>
    public bool TryAdd(string domain, VirtualHost host)
    {
        if (domain == "*")
        {
            return TakeAny(host);
        }

        if (domain.StartsWith('*'))
        {
            return Insert(_suffixes, domain[1..], host);
        }

        if (domain.EndsWith('*'))
        {
            return Insert(_prefixes, domain[..^1], host);
        }

        var there = _exact.GetValueOrDefault(domain, []);
        if (Array.Exists(there, other => other.Port == host.Port))
        {
            return false;
        }

        _exact[domain] = [.. there, host];
        return true;
    }

    /// <summary>The virtual host for a Host header with or without a port; null where there is none.</summary>
    public VirtualHost? Find(ReadOnlySpan<char> authority)
    {
        var (host, port) = Authority.Split(authority);
        if (_exactBySpan.TryGetValue(host, out var candidates))
        {
            // Istio's listeners know the port that was dialled and ignore the one in the Host. Here the Host is all there is: its port
            // tells several of one name apart, and is otherwise ignored in the same way.
            foreach (var candidate in candidates)
            {
                if (candidate.Port == port)
                {
                    return candidate;
                }
            }

            return candidates[0];
        }

        return Longest(_suffixes, host, port, atEnd: true) ?? Longest(_prefixes, host, port, atEnd: false)
            ?? (_any is { } any && Takes(any, port) ? any : null);
    }

    private static bool Takes(VirtualHost host, int? port) => port is null || host.Port == 0 || host.Port == port;

    private static VirtualHost? Longest(List<(string Part, VirtualHost Host)> wildcards, ReadOnlySpan<char> host, int? port, bool atEnd)
    {
        // Both lists are sorted by length, longest first. A wildcard stands for at least one character.
        foreach (var (part, candidate) in wildcards)
        {
            var matches = atEnd ? host.EndsWith(part, StringComparison.OrdinalIgnoreCase)
                : host.StartsWith(part, StringComparison.OrdinalIgnoreCase);
            if (matches && host.Length > part.Length && Takes(candidate, port))
            {
                return candidate;
            }
        }

        return null;
    }

    private static bool Insert(List<(string Part, VirtualHost Host)> wildcards, string part, VirtualHost host)
    {
        if (wildcards.Exists(other => other.Host.Port == host.Port && other.Part.Equals(part, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        var at = wildcards.FindIndex(other => other.Part.Length < part.Length);
        wildcards.Insert(at < 0 ? wildcards.Count : at, (part, host));
        return true;
    }

    private bool TakeAny(VirtualHost host)
    {
        if (_any is not null)
        {
            return false;
        }

        _any = host;
        return true;
    }
}
