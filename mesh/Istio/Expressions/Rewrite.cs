using System.Text;

namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>
/// RE2's replacement texts: <c>\0</c> to <c>\9</c> for groups, <c>\\</c> for a backslash, nothing else after a backslash.
/// </summary>
internal static class Rewrite
{
    public static string? FindError(string rewrite, int groups)
    {
        for (var i = 0; i < rewrite.Length; i++)
        {
            if (rewrite[i] != '\\')
            {
                continue;
            }

            i++;
            if (i == rewrite.Length || !(char.IsAsciiDigit(rewrite[i]) || rewrite[i] == '\\'))
            {
                return @"after a backslash comes the number of a group, or a backslash";
            }

            if (char.IsAsciiDigit(rewrite[i]) && rewrite[i] - '0' > groups)
            {
                return $@"\{rewrite[i]} names a group, and the expression has {(groups == 0 ? "none" : $"only {groups}")}";
            }
        }

        return null;
    }

    public static string Translate(string rewrite)
    {
        var translated = new StringBuilder(rewrite.Length);
        for (var i = 0; i < rewrite.Length; i++)
        {
            var isEscape = rewrite[i] == '\\' && i + 1 < rewrite.Length;
            i += isEscape ? 1 : 0;
            _ = (isEscape, rewrite[i]) switch
            {
                (true, >= '0' and <= '9') => translated.Append("${").Append(rewrite[i]).Append('}'),
                (_, '$') => translated.Append("$$"),
                _ => translated.Append(rewrite[i]),
            };
        }

        return translated.ToString();
    }
}
