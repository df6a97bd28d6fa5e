using Bookinfo.Mesh.Analysis.Migration.Findings;
using Bookinfo.Mesh.Analysis.Migration.Matching;
using Bookinfo.Mesh.Istio.Expressions;
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
    /// <summary>The path; <c>/</c> where there is none.</summary>
    public string Text => Path.Path is { Length: > 0 } path ? path : "/";

    /// <summary>
    /// Whether all paths of the host are expressions because of this one (<c>template.go: enforceRegexModifier</c>): a path that is
    /// rewritten to itself is not rewritten.
    /// </summary>
    public bool UsesExpressions => Annotations.UsesRegex || RewriteTarget is not null;

    /// <summary>Whether only the path itself is taken.</summary>
    public bool IsExact => Path.PathType == IngressPathType.Exact;

    private string? RewriteTarget => Annotations.RewriteTarget is { } target && target != Text ? target : null;

    /// <summary>
    /// The order in which nginx takes locations: exact ones first, then the longest; with expressions, the longest
    /// (<c>internal/ingress/controller/controller.go</c>, <c>template.go: buildLocation</c>).
    /// </summary>
    public (int, int) Order(bool usesExpressions) => (IsExact && !usesExpressions ? 0 : 1, -Text.Length);

    /// <summary>Whether another location is for the same path, which makes it the other's canary.</summary>
    public bool IsSamePath(NginxLocation other) => Text == other.Text && Path.PathType == other.Path.PathType;

    /// <summary>Whether the location takes a path as an expression.</summary>
    public bool Takes(string path) => Text == "/" || Re2.WholeText($"(?i:{Text}).*").IsMatch(path);

    /// <summary>The matches and new paths of this location in their order.</summary>
    /// <param name="usesExpressions">
    /// Whether a path of the host is an expression: then all are, without upper and lower case being told apart.
    /// </param>
    /// <returns>The matches, and what of them is lost; null for nothing.</returns>
    /// <exception cref="RefusalException">The new path has no counterpart.</exception>
    public (IReadOnlyList<NginxMatch> Matches, string? Loss) Matches(bool usesExpressions)
    {
        if (usesExpressions && Re2.FindError(Text) is { } flaw)
        {
            throw new RefusalException($"{Place}.path", $"the expression {Text} is not RE2, which Istio compares with: {flaw}",
                "write the path without what RE2 does not have");
        }

        if (RewriteTarget is not { } target)
        {
            return ([new NginxMatch(usesExpressions ? Expression(Text) : Plain(), null)], null);
        }

        var whole = new RegexRewrite { Match = "/.*", Rewrite = target };
        return target.Contains('$', StringComparison.Ordinal) ? NginxRewrite.Of(Text, target)
            : ([new NginxMatch(Expression(Text), new HttpRewrite { UriRegexRewrite = whole })], null);
    }

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
