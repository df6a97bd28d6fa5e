using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Bookinfo.Mesh.Proxy.Matching;

/// <summary>
/// Envoy's regular expressions are RE2's. .NET's <see cref="RegexOptions.NonBacktracking"/> engine is of the same kind (linear time, no look-around, no
/// back-references); this class bridges the differences in spelling and in what the short classes mean.
/// Source: https://github.com/google/re2/wiki/Syntax.
/// </summary>
internal static class Re2
{
    private const int CacheLimit = 4096;
    private static readonly ConcurrentDictionary<(string Expression, bool WholeValue), Regex> Cache = new();

    /// <summary>Compiles an expression; <paramref name="wholeValue"/> anchors it at both ends, as Envoy's full match does.</summary>
    /// <exception cref="ArgumentException">RE2 or the mesh does not know such an expression.</exception>
    public static Regex Compile(string expression, bool wholeValue)
    {
        if (Cache.TryGetValue((expression, wholeValue), out var known))
        {
            return known;
        }

        var translated = Translate(expression);
        Regex regex;
        try
        {
            regex = new Regex(wholeValue ? $@"\A(?:{translated})\z" : translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            throw new ArgumentException($"\"{expression}\" uses look-around or back-references, which RE2 does not have");
        }
        catch (RegexParseException e)
        {
            throw new ArgumentException($"\"{expression}\" is no regular expression: {e.Error} at {e.Offset}");
        }

        if (Cache.Count < CacheLimit)
        {
            Cache[(expression, wholeValue)] = regex;
        }

        return regex;
    }

    /// <summary>RE2's spelling in .NET's: ASCII short classes, <c>(?P&lt;name&gt;</c>, POSIX classes, <c>\Q...\E</c>, one-letter <c>\pL</c>, <c>\z</c>.</summary>
    private static string Translate(string expression)
    {
        var result = new StringBuilder(expression.Length + 16);
        var inClass = false;
        for (var i = 0; i < expression.Length; i++)
        {
            var c = expression[i];
            if (c == '\\' && i + 1 < expression.Length)
            {
                i = TranslateEscape(expression, i + 1, inClass, result);
            }
            else if (inClass && c == '[' && PosixClass(expression, i) is { } posix)
            {
                result.Append(posix.Members);
                i = posix.End;
            }
            else if (inClass && c == '[')
            {
                // .NET reads "-[" within a class as a subtraction; RE2 reads a plain bracket.
                result.Append(@"\[");
            }
            else if (!inClass && expression.AsSpan(i).StartsWith("(?P<", StringComparison.Ordinal))
            {
                result.Append("(?<");
                i += 3;
            }
            else if (!inClass && c == '$')
            {
                // Without (?m), RE2's $ is the very end; .NET's also stands before a last line feed.
                result.Append(@"\z");
            }
            else
            {
                if (c == '[' && !inClass)
                {
                    inClass = true;
                    result.Append(c);
                    if (i + 1 < expression.Length && expression[i + 1] == '^')
                    {
                        result.Append(expression[++i]);
                    }

                    if (i + 1 < expression.Length && expression[i + 1] == ']')
                    {
                        result.Append(@"\]");
                        i++;
                    }

                    continue;
                }

                inClass &= c != ']';
                result.Append(c);
            }
        }

        return result.ToString();
    }

    private static int TranslateEscape(string expression, int i, bool inClass, StringBuilder result)
    {
        switch (expression[i])
        {
            case 'd':
                result.Append(inClass ? "0-9" : "[0-9]");
                return i;
            case 'D' when !inClass:
                result.Append("[^0-9]");
                return i;
            case 'w':
                result.Append(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]");
                return i;
            case 'W' when !inClass:
                result.Append("[^0-9A-Za-z_]");
                return i;
            case 's':
                result.Append(inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]");
                return i;
            case 'S' when !inClass:
                result.Append(@"[^\t\n\f\r ]");
                return i;
            case 'Q':
                var end = expression.IndexOf(@"\E", i + 1, StringComparison.Ordinal);
                result.Append(Regex.Escape(end < 0 ? expression[(i + 1)..] : expression[(i + 1)..end]));
                return end < 0 ? expression.Length : end + 1;
            case 'p' or 'P' when i + 1 < expression.Length && expression[i + 1] != '{':
                result.Append('\\').Append(expression[i]).Append('{').Append(expression[i + 1]).Append('}');
                return i + 1;
            case var digit and >= '1' and <= '9':
                throw new ArgumentException($"\"{expression}\" has the back-reference \\{digit}, which RE2 does not have");
            default:
                result.Append('\\').Append(expression[i]);
                return i;
        }
    }

    private static (string Members, int End)? PosixClass(string expression, int start)
    {
        var end = expression.IndexOf(":]", start, StringComparison.Ordinal);
        if (end < 0 || start + 1 >= expression.Length || expression[start + 1] != ':')
        {
            return null;
        }

        var members = expression[(start + 2)..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "ascii" => @"\x00-\x7F",
            "blank" => @"\t ",
            "cntrl" => @"\x00-\x1F\x7F",
            "digit" => "0-9",
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => @"!-/:-@\[-`{-~",
            "space" => @"\t\n\v\f\r ",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            var name => throw new ArgumentException($"\"{expression}\" names the class [:{name}:], which RE2 does not have"),
        };
        return (members, end + 1);
    }
}
