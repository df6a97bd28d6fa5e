using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio.Expressions;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>Changes the path on its way to the destination.</summary>
internal abstract class PathRewrite
{
    /// <summary>The new path for <paramref name="path"/>, which has no query.</summary>
    public abstract string Apply(string path);

    /// <summary>Two with the same shape make the same of every path that both their matches take.</summary>
    public abstract string Shape { get; }
}

/// <summary>The matched prefix gives way to another: <c>/foo</c> to <c>/</c> makes <c>//bar</c> of <c>/foo/bar</c>, as in Envoy.</summary>
internal sealed class PrefixRewrite(string matched, string replacement) : PathRewrite
{
    private readonly string _replacement = HttpSyntax.EncodeTarget(replacement);

    public override string Apply(string path) => string.Concat(_replacement, path.AsSpan(Math.Min(matched.Length, path.Length)));

    /// <summary>A slash at the end of both the matched prefix and the new one stays where it is.</summary>
    public override string Shape => matched.EndsWith('/') && _replacement.EndsWith('/')
        ? ShapeOf(matched.Length - 1, _replacement[..^1]) : ShapeOf(matched.Length, _replacement);

    public static string ShapeOf(int length, string replacement) => $"{length} characters to {replacement}";

    public override string ToString() => $"the matched prefix to {replacement}";
}

/// <summary>
/// The matched prefix is taken away, so that <c>/bar</c> is left of <c>/foo/bar</c> and <c>/</c> of <c>/foo</c>, for routes of the Gateway
/// API (<c>pilot/pkg/networking/core/route/route.go: applyHTTPRouteDestination</c>).
/// </summary>
internal sealed class PrefixRemoval(string prefix) : PathRewrite
{
    public override string Apply(string path)
    {
        var rest = path.StartsWith(prefix, StringComparison.Ordinal) ? path.AsSpan(prefix.Length) : path;
        return string.Concat("/", rest is ['/', ..] ? rest[1..] : rest);
    }

    public override string Shape => PrefixRewrite.ShapeOf(prefix.Length, "");

    public override string ToString() => $"{prefix} is taken away";
}

/// <summary>After an exact or regex match the whole path gives way.</summary>
internal sealed class WholePathRewrite(string replacement) : PathRewrite
{
    private readonly string _replacement = HttpSyntax.EncodeTarget(replacement);

    public override string Apply(string path) => _replacement;

    public override string Shape => ShapeOf(_replacement);

    public static string ShapeOf(string replacement) => $"all to {replacement}";

    public override string ToString() => $"all of it to {replacement}";
}

/// <summary>
/// Every match of an expression gives way; <c>\1</c> to <c>\9</c> stand for groups and <c>\0</c> for the match (RE2's
/// <c>GlobalReplace</c>).
/// </summary>
internal sealed class RegexPathRewrite(string expression, string substitution) : PathRewrite
{
    private readonly Regex _regex = Expressions.Compile(expression, wholeValue: false);
    private readonly string _replacement = Re2.Replacement(HttpSyntax.EncodeTarget(substitution));

    public override string Apply(string path) => _regex.Replace(path, _replacement);

    /// <summary>An expression for every path, without groups, is the whole path.</summary>
    public override string Shape => expression == "/.*" && !substitution.Contains('\\', StringComparison.Ordinal)
        ? WholePathRewrite.ShapeOf(HttpSyntax.EncodeTarget(substitution)) : $"/{expression}/ to {_replacement}";

    public override string ToString() => $"{expression} to {substitution}";
}
