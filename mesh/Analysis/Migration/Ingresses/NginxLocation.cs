using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Ingresses;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Analysis.Migration.Ingresses;

/// <summary>A path of an Ingress, as ingress-nginx makes a location of it.</summary>
/// <param name="Ingress">The Ingress.</param>
/// <param name="Annotations">Its annotations.</param>
/// <param name="Path">The path.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record NginxLocation(Ingress Ingress, NginxAnnotations Annotations, HttpIngressPath Path, string Place)
{
    private const string RestAfterSlash = "(/|$)(.*)";

    /// <summary>The path; <c>/</c> where there is none.</summary>
    public string Text => Path.Path is { Length: > 0 } path ? path : "/";

    private bool IsExact => Path.PathType == IngressPathType.Exact;

    /// <summary>
    /// The order in which nginx takes locations: exact ones first, then the longest; with expressions, the longest
    /// (<c>internal/ingress/controller/controller.go</c>, <c>template.go: buildLocation</c>).
    /// </summary>
    public (int, int) Order(bool usesExpressions) => (IsExact && !usesExpressions ? 0 : 1, -Text.Length);

    /// <summary>The matches and new paths of this location in their order. Only those that come over are written.</summary>
    /// <param name="usesExpressions">
    /// Whether a path of the host is an expression: then all are, without upper and lower case being told apart.
    /// </param>
    /// <exception cref="RefusalException">The new path has no counterpart.</exception>
    public IEnumerable<(StringMatch Path, HttpRewrite? Rewrite, bool ComesOver)> Matches(bool usesExpressions)
    {
        if (Annotations.RewriteTarget is not { } target)
        {
            yield return (usesExpressions ? Expression(Text) : Plain(), null, true);
            yield break;
        }

        if (!target.Contains('$', StringComparison.Ordinal))
        {
            var whole = new RegexRewrite { Match = "/.*", Rewrite = target };
            yield return (Expression(Text), new HttpRewrite { UriRegexRewrite = whole }, true);
            yield break;
        }

        if (Prefix() is not { } prefix || target != "/$2")
        {
            throw new RefusalException(NginxAnnotations.Place("rewrite-target"),
                $"the Gateway API rewrites no paths by expressions: {target} with the path {Text}",
                "write the path as /prefix(/|$)(.*) with the target /$2");
        }

        yield return (new StringMatch { Prefix = prefix }, new HttpRewrite { Uri = "/" }, true);
        yield return (Expression(Text), new HttpRewrite
        {
            UriRegexRewrite = new RegexRewrite { Match = $"^(?i:{Text}).*$", Rewrite = @"/\2" },
        }, false);
    }

    /// <summary>What <c>/prefix(/|$)(.*)</c> begins with; null for another path.</summary>
    private string? Prefix() => Text.EndsWith(RestAfterSlash, StringComparison.Ordinal)
        && Text[..^RestAfterSlash.Length] is { Length: > 1 } prefix && Re2Text.Escape(prefix) == prefix ? prefix : null;

    private StringMatch Plain() => Path.PathType switch
    {
        IngressPathType.Exact => new StringMatch { Exact = Text },
        IngressPathType.Prefix => new StringMatch { Prefix = Text },
        _ when Text == "/" => new StringMatch { Prefix = Text },
        _ => new StringMatch { Regex = $"{Re2Text.Escape(Text)}.*" },
    };

    private static StringMatch Expression(string path) =>
        path == "/" ? new StringMatch { Prefix = path } : new StringMatch { Regex = $"(?i:{path}).*" };
}
