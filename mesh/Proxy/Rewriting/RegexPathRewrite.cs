using System.Text.RegularExpressions;
using Bookinfo.Mesh.Proxy.Matching;

namespace Bookinfo.Mesh.Proxy.Rewriting;

/// <summary>Every match of an expression gives way; <c>\1</c> to <c>\9</c> stand for groups and <c>\0</c> for the match (RE2's <c>GlobalReplace</c>).</summary>
internal sealed class RegexPathRewrite(string expression, string substitution) : PathRewrite
{
    private readonly Regex _regex = Re2.Compile(expression, wholeValue: false);

    public override string Apply(string path) => _regex.Replace(path, Expand);

    public override string ToString() => $"{expression} to {substitution}";

    private string Expand(Match match)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < substitution.Length; i++)
        {
            if (substitution[i] != '\\' || i + 1 == substitution.Length)
            {
                result.Append(substitution[i]);
            }
            else
            {
                var next = substitution[++i];
                result.Append(char.IsAsciiDigit(next) ? match.Groups[next - '0'].Value : next.ToString());
            }
        }

        return result.ToString();
    }
}
