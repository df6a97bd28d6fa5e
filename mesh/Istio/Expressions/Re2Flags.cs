namespace Bookinfo.Mesh.Istio.Expressions;

/// <summary>The flags that an expression may set in its course.</summary>
[Flags]
internal enum Re2Flags
{
    None = 0,
    IgnoreCase = 1,
    MultiLine = 2,
    DotAll = 4,
    Ungreedy = 8,
}

/// <summary>Reads <c>i</c>, <c>m</c>, <c>s</c> and <c>U</c> after <c>(?</c>.</summary>
internal static class Re2FlagsReader
{
    /// <param name="pattern">The expression.</param>
    /// <param name="at">Where the flags begin; afterwards, what comes behind <c>:</c> or <c>)</c>.</param>
    /// <param name="flags">The flags so far.</param>
    /// <param name="opensGroup">Whether <c>:</c> ended them, not <c>)</c>.</param>
    public static Re2Flags Read(string pattern, ref int at, Re2Flags flags, out bool opensGroup)
    {
        var clears = false;
        for (; at < pattern.Length; at++)
        {
            var flag = pattern[at] switch
            {
                'i' => Re2Flags.IgnoreCase,
                'm' => Re2Flags.MultiLine,
                's' => Re2Flags.DotAll,
                'U' => Re2Flags.Ungreedy,
                _ => Re2Flags.None,
            };
            if (flag != Re2Flags.None)
            {
                flags = clears ? flags & ~flag : flags | flag;
            }
            else if (pattern[at] == '-' && !clears)
            {
                clears = true;
            }
            else
            {
                break;
            }
        }

        opensGroup = at < pattern.Length && pattern[at] == ':';
        return opensGroup || (at < pattern.Length && pattern[at] == ')')
            ? End(ref at, flags)
            : throw new Re2SyntaxException(Unknown(pattern, at));
    }

    private static Re2Flags End(ref int at, Re2Flags flags)
    {
        at++;
        return flags;
    }

    private static string Unknown(string pattern, int at) =>
        (at < pattern.Length ? pattern[at] : ' ', at + 1 < pattern.Length ? pattern[at + 1] : ' ') switch
        {
            ('=' or '!', _) => "RE2 has no look-ahead",
            ('<', '=' or '!') => "RE2 has no look-behind",
            ('>', _) => "RE2 has no atomic groups",
            ('(', _) => "RE2 has no conditions",
            ('#', _) => "RE2 has no comments",
            ('P', '=') => "RE2 has no back-references",
            (' ', _) when at >= pattern.Length => "a ( is not closed",
            var (c, _) => $"(?{c} has no meaning in RE2",
        };
}
