using System.Text;

namespace Bookinfo.Mesh.Istio.Problems;

/// <summary>Small parts that all messages share.</summary>
public static class Messages
{
    private const int LongestQuote = 60;
    private const int LongestList = 20;

    /// <summary>A text from the rules in quotes: short, on one line, without control characters.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text.Length > LongestQuote ? text.AsSpan(0, LongestQuote) : text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => quoted.Append("\\u").Append(((int)c).ToString("x4", null)),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(text.Length > LongestQuote ? "...\"" : "\"").ToString();
    }

    /// <summary><c>a, b or c</c>.</summary>
    internal static string OneOf(IEnumerable<string> names) => Joined(names, "or");

    /// <summary><c>a, b and c</c>.</summary>
    /// <param name="names">The names; a long list is cut.</param>
    public static string AllOf(IEnumerable<string> names) => Joined(names, "and");

    /// <summary><c>has</c> for one, <c>have</c> for several.</summary>
    internal static string Has(int count) => count == 1 ? "has" : "have";

    /// <summary>The name that was probably meant, or null where none is near.</summary>
    /// <param name="given">What was written.</param>
    /// <param name="names">The names there are.</param>
    public static string? Nearest(string given, IEnumerable<string> names)
    {
        var plain = Plain(given);
        var nearest = names
            .Select(name => (Name: name, Distance: Distance(plain, Plain(name))))
            .DefaultIfEmpty((Name: "", Distance: int.MaxValue))
            .MinBy(each => each.Distance);
        return nearest.Distance <= Math.Max(1, plain.Length / 3) ? nearest.Name : null;
    }

    /// <summary>Whether a name is so near to another that it can only be a slip: one letter, or two in a long name.</summary>
    public static bool IsTypo(string given, string name) => Distance(Plain(given), Plain(name)) <= Math.Max(1, name.Length / 6);

    /// <summary>Whether two names differ only in case, hyphens and underscores.</summary>
    public static bool IsSameInOtherSpelling(string one, string other) => Plain(one) == Plain(other);

    private static string Joined(IEnumerable<string> names, string word)
    {
        var list = names.Take(LongestList + 1).ToList();
        return list.Count switch
        {
            < 2 => string.Concat(list),
            > LongestList => $"{string.Join(", ", list.Take(LongestList))} ...",
            _ => $"{string.Join(", ", list.SkipLast(1))} {word} {list[^1]}",
        };
    }

    /// <summary>Case, hyphens and underscores aside: <c>direct_response</c> is as near to <c>directResponse</c> as can be.</summary>
    private static string Plain(string name) =>
        string.Concat((name.Length > LongestQuote ? name[..LongestQuote] : name).Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Edit distance, two neighbours swapped counted as one edit.</summary>
    private static int Distance(string a, string b)
    {
        var distances = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }

                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(distances[i - 1, j], distances[i, j - 1]) + 1, distances[i - 1, j - 1] + change);
                var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distances[i, j] = swapped ? Math.Min(best, distances[i - 2, j - 2] + 1) : best;
            }
        }

        return distances[a.Length, b.Length];
    }
}
