using System.Buffers;
using System.Text;
using Bookinfo.Mesh.Istio.Model;

namespace Bookinfo.Mesh.Istio.Yaml;

/// <summary>
/// A place in a YAML text, for <see cref="CommonYamlReader"/>: passes over blanks and comments, and reads scalars that stand on one line.
/// It gives up, which is not an error, where a text is beyond that.
/// </summary>
/// <param name="text">The text of one document.</param>
/// <param name="linesBefore">How many lines of the file stand before it.</param>
/// <param name="pool">Where strings come from; null where they are not kept for long.</param>
internal sealed class YamlCursor(string text, int linesBefore, TextPool? pool)
{
    /// <summary>A key is on one line and has at most 1,024 characters (YAML 1.2, section 7.4).</summary>
    private const int LongestKey = 1000;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>What a plain scalar may begin with here. YAML has more.</summary>
    private static readonly SearchValues<char> Starts = SearchValues.Create(Letters + "/._^($+=;~\\");

    /// <summary>What ends a run of characters that mean nothing to YAML within a plain scalar, in blocks and in brackets.</summary>
    private static readonly SearchValues<char> InBlock = SearchValues.Create(
        Letters + "/._^($+=;~\\-*?!&|<>@%`,[]{})'\"");

    private static readonly SearchValues<char> InFlow = SearchValues.Create(Letters + "/._^($+=;~\\-*)");

    private int _line = 1;
    private int _lineStart;

    /// <summary>Where the cursor stands, from 0.</summary>
    public int At { get; private set; }

    /// <summary>The column, from 0.</summary>
    public int Column => At - _lineStart;

    /// <summary>The line, from 1 within the document.</summary>
    public int Line => _line;

    /// <summary>Whether the text is read to its end.</summary>
    public bool IsAtEnd => At == text.Length;

    /// <summary>The character at the cursor; NUL at the end.</summary>
    public char Current => At < text.Length ? text[At] : '\0';

    /// <summary>Line and column as messages give them.</summary>
    public Position Place => new(_line + linesBefore, Column + 1);

    /// <summary>Whether a blank, a line's end or the text's end stands behind the current character.</summary>
    public bool IsBlankNext => At + 1 >= text.Length || text[At + 1] is ' ' or '\n';

    /// <summary>Takes one character.</summary>
    public void Skip() => At++;

    /// <summary>Takes the line that begins a document; false where another text stands on it.</summary>
    public bool TakeDocumentStart()
    {
        if (Column != 0 || !text.AsSpan(At).StartsWith("---"))
        {
            return true;
        }

        At += 3;
        var line = _line;
        return IsAtEnd || (Current is ' ' or '\n' && SkipToContent() && (_line > line || IsAtEnd));
    }

    /// <summary>Passes over blanks, comments and line ends; false where what stands there is not for this reader.</summary>
    public bool SkipToContent()
    {
        while (At < text.Length)
        {
            switch (text[At])
            {
                case ' ':
                    At++;
                    break;
                case '\n':
                    At++;
                    _line++;
                    _lineStart = At;
                    break;
                case '#' when At == _lineStart || text[At - 1] == ' ':
                    if (!SkipComment())
                    {
                        return false;
                    }

                    break;
                case '\t' or '\r' or '#':
                    return false;
                default:
                    return true;
            }
        }

        return true;
    }

    /// <summary>Passes over blanks on the line, and over a comment; true where nothing else is left on it.</summary>
    public bool IsLineOver(out bool isFit)
    {
        SkipBlanks();
        isFit = true;
        if (Current == '#' && text[At - 1] == ' ')
        {
            isFit = SkipComment();
        }

        return IsAtEnd || Current == '\n';
    }

    /// <summary>Passes over blanks on the line.</summary>
    public void SkipBlanks()
    {
        while (Current == ' ')
        {
            At++;
        }
    }

    /// <summary>
    /// Passes over blanks and line ends within brackets, where comments have rules of their own; false where the next line stands further
    /// to the left than the brackets may.
    /// </summary>
    /// <param name="outer">The column of the mapping or list around the outermost brackets, from 0; -1 for none.</param>
    public bool SkipWithinBrackets(int outer)
    {
        var isNewLine = false;
        for (; Current is ' ' or '\n'; At++)
        {
            if (Current == '\n')
            {
                isNewLine = true;
                _line++;
                _lineStart = At + 1;
            }
        }

        return !isNewLine || Column > outer;
    }

    /// <summary>A plain or quoted scalar that ends on its line; null where it is not one for this reader.</summary>
    /// <param name="inBrackets">Whether it stands in brackets or braces.</param>
    public YamlScalar? Scalar(bool inBrackets)
    {
        var (place, start) = (Place, At);
        switch (Current)
        {
            case '"':
                return DoubleQuoted() is { } quoted ? new YamlScalar(place, quoted, YamlScalarKind.Text) : null;
            case '\'':
                return SingleQuoted() is { } single ? new YamlScalar(place, single, YamlScalarKind.Text) : null;
            case '-' when At + 1 < text.Length && char.IsAsciiLetterOrDigit(text[At + 1]):
            case var c when Starts.Contains(c):
                if (!SkipPlain(inBrackets ? InFlow : InBlock))
                {
                    return null;
                }

                var value = Text(text.AsSpan(start, At - start));
                return value == "..." ? null : new YamlScalar(place, value, YamlScalar.Resolve(value));
            default:
                return null;
        }
    }

    /// <summary>Whether the scalar that was read from there is short enough for a key.</summary>
    /// <param name="start">Where it begins.</param>
    public bool MayBeKey(int start) => At - start <= LongestKey;

    /// <summary>
    /// To the end of a plain scalar: a blank before the line's end or a comment, a colon with a blank, or a sign that ends a value in
    /// brackets.
    /// </summary>
    private bool SkipPlain(SearchValues<char> inner)
    {
        var end = At;
        while (true)
        {
            var run = text.AsSpan(At).IndexOfAnyExcept(inner);
            At = run < 0 ? text.Length : At + run;
            end = run == 0 ? end : At;
            switch (Current)
            {
                case ' ':
                    SkipBlanks();
                    if (IsAtEnd || Current is '\n' or '#' or ':' || (inner == InFlow && Current is ',' or ']' or '}'))
                    {
                        At = end;
                        return true;
                    }

                    break;
                case ':' when IsBlankNext:
                case '\n' or '\0':
                case ',' or ']' or '}' when inner == InFlow:
                    At = end;
                    return true;
                case ':' when char.IsAsciiLetterOrDigit(text[At + 1]) || text[At + 1] == '/':
                    At++;
                    end = At;
                    break;
                default:
                    return false;
            }
        }
    }

    private bool SkipComment()
    {
        var end = text.IndexOf('\n', At);
        var comment = text.AsSpan(At, (end < 0 ? text.Length : end) - At);
        At += comment.Length;

        // Line ends that only YAML 1.1 knows, and what is no character of a text.
        return comment.IndexOfAnyInRange('\0', '\u001F') < 0 && comment.IndexOfAny("\u0085\u2028\u2029\uFEFF") < 0;
    }

    private string? SingleQuoted()
    {
        var start = ++At;
        while (At < text.Length && text[At] is >= ' ' and < '\u007F')
        {
            if (text[At] != '\'')
            {
                At++;
            }
            else if (At + 1 < text.Length && text[At + 1] == '\'')
            {
                At += 2;
            }
            else
            {
                var value = text.AsSpan(start, At++ - start);
                return value.Contains('\'') ? value.ToString().Replace("''", "'", StringComparison.Ordinal) : Text(value);
            }
        }

        return null;
    }

    private string? DoubleQuoted()
    {
        var start = ++At;
        StringBuilder? unescaped = null;
        while (At < text.Length && text[At] is >= ' ' and < '\u007F')
        {
            switch (text[At])
            {
                case '"':
                    var rest = text.AsSpan(start, At++ - start);
                    return unescaped is null ? Text(rest) : unescaped.Append(rest).ToString();
                case '\\':
                    var escaped = At + 1 < text.Length ? Unescaped(text[At + 1]) : '\0';
                    if (escaped == '\0')
                    {
                        return null;
                    }

                    (unescaped ??= new StringBuilder()).Append(text, start, At - start).Append(escaped);
                    At += 2;
                    start = At;
                    break;
                default:
                    At++;
                    break;
            }
        }

        return null;
    }

    private string Text(ReadOnlySpan<char> piece) => pool?.Get(piece) ?? piece.ToString();

    private static char Unescaped(char code) => code switch
    {
        '"' or '\\' or '/' => code,
        'n' => '\n',
        't' => '\t',
        _ => '\0',
    };
}
