using System.Text.RegularExpressions;
using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>
/// The annotation <c>rewrite-target</c> with groups: of what nginx rewrites by expressions, the Gateway API can replace a prefix. The usual
/// forms of the path do that: <c>/shop(/|$)(.*)</c>, <c>/shop/(.*)</c> and <c>/shop/?(.*)</c>, and <c>/(.*)</c>, which changes nothing
/// (<c>docs/examples/rewrite</c> of kubernetes/ingress-nginx).
/// </summary>
internal static partial class NginxRewrite
{
    /// <summary>The matches for a path and what it becomes, in their order.</summary>
    /// <param name="path">The path, an expression.</param>
    /// <param name="target">The new path, with groups.</param>
    /// <returns>The matches, and what of them is lost; null for nothing.</returns>
    /// <exception cref="RefusalException">The Gateway API cannot do this.</exception>
    public static (IReadOnlyList<NginxMatch> Matches, string? Loss) Of(string path, string target)
    {
        if ((path, target) is ("/(.*)" or "/?(.*)", "/$1") or ("/()(.*)", "/$2"))
        {
            return ([new NginxMatch(new StringMatch { Prefix = "/" }, null)], null);
        }

        if (Form().Match(path) is not { Success: true } form || Re2Text.Escape(form.Groups[1].Value) != form.Groups[1].Value
            || !target.EndsWith(form.Groups[2].Value == "(/|$)" ? "/$2" : "/$1", StringComparison.Ordinal)
            || target.IndexOf('$', StringComparison.Ordinal) != target.Length - 2)
        {
            throw new RefusalException(NginxAnnotations.Place("rewrite-target"),
                $"the Gateway API rewrites no paths by expressions: {target} with the path {path}",
                "write the path as /prefix(/|$)(.*) with the target /$2, or rewrite in the service");
        }

        var (prefix, end, root) = (form.Groups[1].Value, form.Groups[2].Value, target[..^2]);
        var matches = new List<NginxMatch>();
        if (end == "/")
        {
            // nginx leaves the prefix itself to another location.
            matches.Add(new NginxMatch(new StringMatch { Regex = $"(?i:{prefix})" }, null) { ComesOver = false, LeftTo = prefix });
        }
        else if (root.Length > 1)
        {
            matches.Add(new NginxMatch(new StringMatch { Exact = prefix }, new HttpRewrite { Uri = root }));
        }

        matches.Add(new NginxMatch(new StringMatch { Prefix = prefix },
            new HttpRewrite { Uri = root.Length > 1 ? root[..^1] : root }));
        matches.Add(new NginxMatch(new StringMatch { Regex = $"(?i:{path}).*" }, new HttpRewrite
        {
            UriRegexRewrite = new RegexRewrite { Match = $"^(?i:{path}).*$", Rewrite = $@"{root}\{target[^1]}" },
        })
        { ComesOver = false });
        return (matches, Loss(prefix, end));
    }

    private static string Loss(string prefix, string end)
    {
        const string Letters = "ingress-nginx compares expressions without upper and lower case";
        return end switch
        {
            "/" => $"{prefix} is taken too, and {prefix.ToUpperInvariant()}/ no longer: the Gateway API replaces prefixes of whole "
                + $"segments, and {Letters}",
            "/?" => $"{prefix}x and {prefix.ToUpperInvariant()} are no longer taken: the Gateway API replaces prefixes of whole segments, "
                + $"and {Letters}",
            _ => $"{prefix.ToUpperInvariant()} is no longer taken: {Letters}",
        };
    }

    [GeneratedRegex(@"^(/.*[^/])(\(/\|\$\)|/\?|/)\(\.\*\)$")]
    private static partial Regex Form();
}

/// <summary>Which paths a location takes, and what they become.</summary>
/// <param name="Path">The paths.</param>
/// <param name="Rewrite">The new path; null for the same.</param>
internal sealed record NginxMatch(StringMatch Path, HttpRewrite? Rewrite)
{
    /// <summary>Whether it is written; otherwise the proof shows what is lost.</summary>
    public bool ComesOver { get; init; } = true;

    /// <summary>The path that the location does not take and leaves to the next; null for none.</summary>
    public string? LeftTo { get; init; }
}
