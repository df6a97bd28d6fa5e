using System.Text.RegularExpressions;
using Bookinfo.Mesh.Istio;
using Bookinfo.Mesh.Proxy.Matching;
using Bookinfo.Mesh.Proxy.Requests;

namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>Every match of an expression gives way; <c>\1</c> to <c>\9</c> stand for groups and <c>\0</c> for the match (RE2's <c>GlobalReplace</c>).</summary>
internal sealed class RegexPathRewrite(string expression, string substitution) : PathRewrite
{
    private readonly Regex _regex = Expressions.Compile(expression, wholeValue: false);
    private readonly string _replacement = Re2.Replacement(HttpSyntax.EncodeTarget(substitution));

    public override string Apply(string path) => _regex.Replace(path, _replacement);

    public override string ToString() => $"{expression} to {substitution}";
}
