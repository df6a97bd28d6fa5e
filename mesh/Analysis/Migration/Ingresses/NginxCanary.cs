using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// Which requests go to a canary: a header decides first, then a cookie, then the weight (<c>rootfs/etc/nginx/lua/balancer.lua:
/// route_to_alternative_balancer</c>).
/// </summary>
internal static class NginxCanary
{
    private const string Always = "always";
    private const string Never = "never";

    /// <summary>The headers that decide, in their order, and whether they send a request to the canary.</summary>
    /// <param name="canary">The canary's annotations.</param>
    public static IEnumerable<(string Header, StringMatch Value, bool ToCanary)> Deciders(NginxAnnotations canary)
    {
        if (canary.CanaryHeader is { } header)
        {
            if (canary.CanaryHeaderValue is { } value)
            {
                yield return (header, new StringMatch { Exact = value }, true);
            }
            else if (canary.CanaryHeaderPattern is { } pattern)
            {
                yield return (header, new StringMatch { Regex = Anywhere(pattern) }, true);
            }
            else
            {
                yield return (header, new StringMatch { Exact = Always }, true);
                yield return (header, new StringMatch { Exact = Never }, false);
            }
        }

        if (canary.CanaryCookie is { } cookie)
        {
            yield return ("cookie", new StringMatch { Regex = Cookie(cookie, Always) }, true);
            yield return ("cookie", new StringMatch { Regex = Cookie(cookie, Never) }, false);
        }
    }

    /// <summary>The canary's share of <see cref="NginxAnnotations.CanaryWeightTotal"/>.</summary>
    public static int Weight(NginxAnnotations canary) => Math.Min(canary.CanaryWeight, canary.CanaryWeightTotal);

    /// <summary>nginx looks for the expression anywhere in the header; the Gateway API compares the whole header.</summary>
    private static string Anywhere(string pattern)
    {
        if (pattern.Contains('|', StringComparison.Ordinal))
        {
            return $".*(?:{pattern}).*";
        }

        var start = pattern.StartsWith('^') ? pattern[1..] : $".*{pattern}";
        return start.EndsWith('$') && !start.EndsWith(@"\$", StringComparison.Ordinal) ? start[..^1] : $"{start}.*";
    }

    private static string Cookie(string name, string value) => $"(.*;[ ]*)?{Re2Text.Escape(name)}={value}([ ]*;.*)?";
}
