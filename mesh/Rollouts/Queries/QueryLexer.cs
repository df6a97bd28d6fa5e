namespace Bookinfo.Mesh.Rollouts.Queries;

internal enum QueryTokenKind
{
    Name,
    Number,
    Text,
    Duration,
    Sign,
    End,
}

/// <summary>A word of a query.</summary>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Column);

/// <summary>Takes a query apart into words.</summary>
internal static class QueryLexer
{
    private static readonly string[] LongSigns = ["=~", "!~", "!=", "==", ">=", "<="];

    public static List<QueryToken> Read(string text)
    {
        List<QueryToken> tokens = [];
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '#')
            {
                at = text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            }
            else
            {
                var token = Next(text, at);
                tokens.Add(token with { Column = at + 1, Text = token.Kind == QueryTokenKind.Text ? token.Text[1..^1] : token.Text });
                at += token.Text.Length;
            }
        }

        tokens.Add(new QueryToken(QueryTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static QueryToken Next(string text, int at)
    {
        var first = text[at];
        if (char.IsAsciiLetter(first) || first is '_' or ':')
        {
            return new QueryToken(QueryTokenKind.Name, Take(text, at, c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':'), 0);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            var word = Take(text, at, c => char.IsAsciiLetterOrDigit(c) || c == '.');
            var isNumber = !word.Any(char.IsAsciiLetter) || word.Contains('e', StringComparison.OrdinalIgnoreCase);
            return new QueryToken(isNumber ? QueryTokenKind.Number : QueryTokenKind.Duration, word, 0);
        }

        if (first is '"' or '\'' or '`')
        {
            return new QueryToken(QueryTokenKind.Text, Quoted(text, at), 0);
        }

        var sign = Array.Find(LongSigns, sign => text.AsSpan(at).StartsWith(sign));
        return new QueryToken(QueryTokenKind.Sign, sign ?? first.ToString(), 0);
    }

    private static string Quoted(string text, int at)
    {
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == '\\' && text[at] != '`')
            {
                throw new QueryException($"the text at column {at + 1} has a backslash, which is not understood here",
                    "write the text without one; a dot in an expression may be written [.]");
            }

            if (text[end] == text[at])
            {
                return text[at..(end + 1)];
            }
        }

        throw new QueryException($"the text that begins at column {at + 1} does not end");
    }

    private static string Take(string text, int at, Func<char, bool> belongs)
    {
        var end = at;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return text[at..end];
    }
}
