using System.Globalization;
using Bookinfo.Mesh.Proxy.Offline;

namespace Bookinfo.Mesh.Analysis.Diffing;

/// <summary>
/// Finds which virtual hosts of two meshes the requests of a caller come to: it asks both tables for a Host header of each kind that either
/// of them tells apart.
/// </summary>
internal static class HostPairs
{
    private const string Unknown = "unknown.example";

    /// <summary>The pairs, each with the Host headers that come to it, the shortest first.</summary>
    /// <param name="before">The caller in the one mesh.</param>
    /// <param name="after">The same caller in the other.</param>
    public static IEnumerable<HostPair> Of(OfflineCaller before, OfflineCaller after)
    {
        var domains = before.Domains.Concat(after.Domains).ToList();
        var names = domains.Select(domain => domain.Domain).ToHashSet(StringComparer.OrdinalIgnoreCase);
        int[] ports = [.. domains.Select(domain => domain.Port).Where(port => port > 0).Distinct().Order()];
        return domains.GroupBy(domain => domain.Domain, StringComparer.OrdinalIgnoreCase)
            .SelectMany(domain =>
                Headers(domain.Key, [.. domain.Select(each => each.Port).Where(port => port > 0).Distinct()], names, ports))
            .Append(new HostHeader(Unknown, Unknown))
            .GroupBy(header => (before.FindHost(header.Example), after.FindHost(header.Example)))
            .Select(pair => new HostPair(pair.Key.Item1, pair.Key.Item2,
                [.. pair.OrderBy(header => header.Example.Length).ThenBy(header => header.Example, StringComparer.Ordinal)], ports));
    }

    /// <summary>
    /// The Host headers of a domain that may come to different virtual hosts: without a port, with each port, with another.
    /// </summary>
    private static IEnumerable<HostHeader> Headers(string domain, int[] ownPorts, HashSet<string> names, int[] ports)
    {
        var name = ExampleOf(domain, names);
        var language = LanguageOf(domain);
        yield return new HostHeader(name, $"{language}(:[0-9]+)?");
        var isWildcard = domain.Contains('*', StringComparison.Ordinal);
        foreach (var port in isWildcard ? ports : ownPorts)
        {
            yield return new HostHeader(string.Create(CultureInfo.InvariantCulture, $"{name}:{port}"),
                string.Create(CultureInfo.InvariantCulture, $"{language}:{port}"));
        }

        if (isWildcard)
        {
            var other = Enumerable.Range(1, ports.Length + 1).First(port => !ports.Contains(port));
            yield return new HostHeader(string.Create(CultureInfo.InvariantCulture, $"{name}:{other}"), $"{language}:[0-9]+");
        }
    }

    /// <summary>A name of the domain that is of no narrower one.</summary>
    private static string ExampleOf(string domain, HashSet<string> names)
    {
        if (!domain.Contains('*', StringComparison.Ordinal))
        {
            return domain;
        }

        for (var i = 0; ; i++)
        {
            var label = i == 0 ? "any" : string.Create(CultureInfo.InvariantCulture, $"any{i}");
            var name = domain == "*" ? $"{label}.example" : domain.Replace("*", label, StringComparison.Ordinal);
            if (!names.Contains(name) && !names.Any(other => other.Length > domain.Length && IsWithin(name, other)))
            {
                return name;
            }
        }
    }

    private static bool IsWithin(string name, string wildcard) =>
        (wildcard.StartsWith('*') && name.EndsWith(wildcard[1..], StringComparison.OrdinalIgnoreCase))
        || (wildcard.EndsWith('*') && name.StartsWith(wildcard[..^1], StringComparison.OrdinalIgnoreCase));

    private static string LanguageOf(string domain) => string.Join("[A-Za-z0-9.-]+",
        domain.Split('*').Select(part => part.Length == 0 ? "" : $"(?i:{System.Text.RegularExpressions.Regex.Escape(part)})"));
}

/// <summary>Host headers that come to the same virtual hosts.</summary>
/// <param name="Example">One of them.</param>
/// <param name="Language">All of them, as an RE2 expression; what it takes beyond them is told apart by asking.</param>
internal sealed record HostHeader(string Example, string Language);

/// <summary>Two virtual hosts that the same requests come to.</summary>
/// <param name="Before">In the one mesh; null for none.</param>
/// <param name="After">In the other.</param>
/// <param name="Headers">The Host headers.</param>
/// <param name="Ports">Ports that either mesh tells apart.</param>
internal sealed record HostPair(OfflineHost? Before, OfflineHost? After, IReadOnlyList<HostHeader> Headers, IReadOnlyList<int> Ports)
{
    /// <summary>A Host header that leads there.</summary>
    public string Authority => Headers[0].Example;
}
